package dev.stowage.spi;

import java.time.Duration;

/**
 * A moment on the store's own clock: how long the store has run since it was made. The clock stands
 * while no process has the store open, and no wall clock ever moves it.
 *
 * @param millis milliseconds since the store was made; not negative
 */
public record StoreTime(long millis) implements Comparable<StoreTime> {
  /** When the store was made. */
  public static final StoreTime ZERO = new StoreTime(0);

  /** Refuses a moment before the store was made. */
  public StoreTime {
    if (millis < 0) {
      throw new IllegalArgumentException("a store's time is not negative: " + millis);
    }
  }

  /** A later moment; at the end of time it stays there. */
  public StoreTime plus(Duration duration) {
    try {
      return new StoreTime(Math.addExact(millis, duration.toMillis()));
    } catch (ArithmeticException e) {
      return new StoreTime(Long.MAX_VALUE);
    }
  }

  /** How long it is from this moment to another one; negative if that is earlier. */
  public Duration until(StoreTime other) {
    return Duration.ofMillis(other.millis - millis);
  }

  /** The later one of two moments. */
  public static StoreTime latest(StoreTime one, StoreTime other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  @Override
  public int compareTo(StoreTime other) {
    return Long.compare(millis, other.millis);
  }

  @Override
  public String toString() {
    return millis + " ms";
  }
}
