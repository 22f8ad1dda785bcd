package dev.stowage.adapter.http;

import java.time.Duration;

/** Options of servers in tests: a free port, and what a test needs otherwise. */
final class TestOptions {
  private static final HttpOptions USUAL = HttpOptions.defaults().listeningOn("127.0.0.1", 0);

  private int maxThreads = USUAL.maxThreads();
  private int maxPage = USUAL.maxPage();
  private Duration idleTimeout = USUAL.idleTimeout();
  private Duration headerTimeout = USUAL.headerTimeout();
  private long minRate = USUAL.minRate();
  private Duration rateGrace = USUAL.rateGrace();
  private Duration stopTimeout = USUAL.stopTimeout();

  private TestOptions() {}

  static HttpOptions usual() {
    return USUAL;
  }

  static HttpOptions withMaxPage(int maxPage) {
    TestOptions options = new TestOptions();
    options.maxPage = maxPage;
    return options.options();
  }

  static HttpOptions withIdleTimeout(Duration idleTimeout) {
    TestOptions options = new TestOptions();
    options.idleTimeout = idleTimeout;
    return options.options();
  }

  static HttpOptions withHeaderTimeout(Duration headerTimeout) {
    TestOptions options = new TestOptions();
    options.headerTimeout = headerTimeout;
    return options.options();
  }

  static HttpOptions withMinRate(long minRate, Duration rateGrace) {
    TestOptions options = new TestOptions();
    options.minRate = minRate;
    options.rateGrace = rateGrace;
    return options.options();
  }

  /** Options of a server of few threads that waits for its clients as good as for ever. */
  static HttpOptions patient() {
    TestOptions options = new TestOptions();
    options.maxThreads = 32;
    options.idleTimeout = Duration.ofMinutes(10);
    options.headerTimeout = Duration.ofMinutes(10);
    options.minRate = 0;
    return options.options();
  }

  static HttpOptions withStopTimeout(Duration stopTimeout) {
    TestOptions options = new TestOptions();
    options.stopTimeout = stopTimeout;
    return options.options();
  }

  private HttpOptions options() {
    return new HttpOptions(
        USUAL.host(),
        USUAL.port(),
        USUAL.inputBuffer(),
        USUAL.maxHeader(),
        maxThreads,
        USUAL.maxConnections(),
        maxPage,
        idleTimeout,
        headerTimeout,
        minRate,
        rateGrace,
        stopTimeout);
  }
}
