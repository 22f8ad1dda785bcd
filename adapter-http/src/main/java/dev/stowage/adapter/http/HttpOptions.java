package dev.stowage.adapter.http;

import java.time.Duration;

/**
 * The settings of a {@link RegistryServer}.
 *
 * @param host the name or address that it listens on
 * @param port the TCP port; 0 takes a free one
 * @param inputBuffer the size in bytes of the buffer that a connection is read into; what uploads
 *     cost depends on it
 * @param maxHeader the most bytes of a request's line and header fields
 * @param maxThreads the most threads that serve requests
 * @param maxConnections the most connections at one time; more are accepted when some have ended
 * @param maxPage the most names on a page of a list, whatever the client asks for
 * @param idleTimeout how long a connection may be silent
 * @param headerTimeout how long the header of a request may take to arrive
 * @param minRate the bytes a second, on average, below which a client is too slow to be served; 0
 *     for any
 * @param rateGrace how long a client may be waited for whatever its rate
 * @param stopTimeout how long requests that run may take when the server stops
 */
public record HttpOptions(
    String host,
    int port,
    int inputBuffer,
    int maxHeader,
    int maxThreads,
    int maxConnections,
    int maxPage,
    Duration idleTimeout,
    Duration headerTimeout,
    long minRate,
    Duration rateGrace,
    Duration stopTimeout) {
  private static final HttpOptions DEFAULTS =
      new HttpOptions(
          "127.0.0.1",
          5000,
          256 * 1024,
          16 * 1024,
          256,
          10_000,
          10_000,
          Duration.ofSeconds(60),
          Duration.ofSeconds(20),
          1024,
          Duration.ofSeconds(15),
          Duration.ofSeconds(30));

  /** Refuses numbers that make no sense with an {@link IllegalArgumentException}. */
  public HttpOptions {
    check(!host.isBlank(), "a host must be named");
    check(port >= 0 && port <= 0xFFFF, "a port is between 0 and 65535, not " + port);
    check(inputBuffer >= 1024, "an input buffer has at least 1024 bytes, not " + inputBuffer);
    check(maxHeader >= 1024, "a header may have at least 1024 bytes, not " + maxHeader);
    check(maxThreads >= 8, "at least 8 threads are needed, not " + maxThreads);
    check(maxConnections >= 1, "at least 1 connection is needed, not " + maxConnections);
    check(maxPage >= 1, "a page has at least 1 name, not " + maxPage);
    check(minRate >= 0, "a rate is not negative: " + minRate);
    checkPositive(idleTimeout);
    checkPositive(headerTimeout);
    check(!rateGrace.isNegative(), "a grace is not negative: " + rateGrace);
    checkPositive(stopTimeout);
  }

  /** What a registry uses when nobody says otherwise: port 5000 of the loopback address. */
  public static HttpOptions defaults() {
    return DEFAULTS;
  }

  /** These options, listening elsewhere. */
  public HttpOptions listeningOn(String newHost, int newPort) {
    return new HttpOptions(
        newHost,
        newPort,
        inputBuffer,
        maxHeader,
        maxThreads,
        maxConnections,
        maxPage,
        idleTimeout,
        headerTimeout,
        minRate,
        rateGrace,
        stopTimeout);
  }

  private static void checkPositive(Duration duration) {
    check(!duration.isNegative() && !duration.isZero(), "a time limit is above zero: " + duration);
  }

  private static void check(boolean right, String message) {
    if (!right) {
      throw new IllegalArgumentException(message);
    }
  }
}
