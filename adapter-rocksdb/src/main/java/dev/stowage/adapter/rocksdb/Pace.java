package dev.stowage.adapter.rocksdb;

import java.time.Duration;

/**
 * How long to wait before each attempt to open a database again: twice as long each time, up to a
 * bound.
 *
 * @param first before the first attempt
 * @param longest before any attempt
 */
record Pace(Duration first, Duration longest) {
  /** From one second up to half a minute. */
  static Pace usual() {
    return new Pace(Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /** The wait before an attempt, the first of which is number 0. */
  Duration before(int attempt) {
    Duration wait = first;
    for (int i = 0; i < attempt && wait.compareTo(longest) < 0; i++) {
      wait = wait.multipliedBy(2);
    }
    return wait.compareTo(longest) < 0 ? wait : longest;
  }
}
