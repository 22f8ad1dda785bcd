package dev.stowage.adapter.http;

import java.time.Duration;

/** Options of servers in tests: a free port, and what a test needs otherwise. */
final class TestOptions {
  private TestOptions() {}

  static HttpOptions usual() {
    return HttpOptions.defaults().listeningOn("127.0.0.1", 0);
  }

  static HttpOptions withHeaderTimeout(Duration headerTimeout) {
    HttpOptions o = usual();
    return new HttpOptions(
        o.host(),
        o.port(),
        o.inputBuffer(),
        o.maxHeader(),
        o.maxThreads(),
        o.maxConnections(),
        o.maxPage(),
        o.idleTimeout(),
        headerTimeout,
        o.minRate(),
        o.stopTimeout());
  }

  static HttpOptions withIdleTimeout(Duration idleTimeout) {
    HttpOptions o = usual();
    return new HttpOptions(
        o.host(),
        o.port(),
        o.inputBuffer(),
        o.maxHeader(),
        o.maxThreads(),
        o.maxConnections(),
        o.maxPage(),
        idleTimeout,
        o.headerTimeout(),
        o.minRate(),
        o.stopTimeout());
  }

  static HttpOptions withStopTimeout(Duration stopTimeout) {
    HttpOptions o = usual();
    return new HttpOptions(
        o.host(),
        o.port(),
        o.inputBuffer(),
        o.maxHeader(),
        o.maxThreads(),
        o.maxConnections(),
        o.maxPage(),
        o.idleTimeout(),
        o.headerTimeout(),
        o.minRate(),
        stopTimeout);
  }

  static HttpOptions withMaxPage(int maxPage) {
    HttpOptions o = usual();
    return new HttpOptions(
        o.host(),
        o.port(),
        o.inputBuffer(),
        o.maxHeader(),
        o.maxThreads(),
        o.maxConnections(),
        maxPage,
        o.idleTimeout(),
        o.headerTimeout(),
        o.minRate(),
        o.stopTimeout());
  }
}
