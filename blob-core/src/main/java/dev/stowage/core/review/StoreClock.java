package dev.stowage.core.review;

import dev.stowage.spi.ClockReading;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.StoreTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The store's clock: it runs while the store is open, from where it was saved last. The wall clock
 * never moves it; after a crash it goes back a little, so that something is kept for longer.
 */
public final class StoreClock {
  /** How far the two clocks may drift apart while the store is open. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final LongSupplier nanos;
  private final Clock wall;
  private final long openedAt;
  private final Optional<ClockReading> saved;
  private final Instant openedAtWall;

  /**
   * A clock that goes on from where it was saved.
   *
   * @param nanos a monotonic clock, in nanoseconds
   * @param wall the wall clock
   * @param saved what was saved last
   */
  public StoreClock(LongSupplier nanos, Clock wall, Optional<ClockReading> saved) {
    this.nanos = nanos;
    this.wall = wall;
    this.openedAt = nanos.getAsLong();
    this.saved = saved;
    this.openedAtWall = wall.instant();
  }

  /** How long the store has been open. */
  public Duration upFor() {
    return Duration.ofNanos(nanos.getAsLong() - openedAt);
  }

  /** The store's time. */
  public StoreTime now() {
    return saved.map(ClockReading::store).orElse(StoreTime.ZERO).plus(upFor());
  }

  /**
   * The store's time in a transaction. It is not before any that an earlier transaction saved: so
   * who saves the clock knows that nothing will be put on the queue with an earlier time, whatever
   * the order in which an engine runs its transactions.
   */
  public StoreTime now(FactReader facts) throws IOException {
    StoreTime last = facts.clock().map(ClockReading::store).orElse(StoreTime.ZERO);
    return StoreTime.latest(now(), last);
  }

  /** The wall clock's time. */
  public Instant wall() {
    return wall.instant();
  }

  /** Saves the clock, and gives the time that it saved. */
  public StoreTime save(FactWriter facts) throws IOException {
    StoreTime now = now(facts);
    facts.putClock(new ClockReading(now, wall.instant().truncatedTo(ChronoUnit.MILLIS)));
    return now;
  }

  /** Why the wall clock is not to be relied on, if it is not. */
  public Optional<String> disagreement() {
    Instant now = wall.instant();
    if (saved.isPresent() && now.isBefore(saved.get().wall().minus(TOLERANCE))) {
      return Optional.of(
          "the wall clock shows " + now + ", but the store was open at " + saved.get().wall());
    }
    Duration apart = Duration.between(openedAtWall, now).minus(upFor()).abs();
    return apart.compareTo(TOLERANCE) > 0
        ? Optional.of("the wall clock was moved by " + apart + " while the store was open")
        : Optional.empty();
  }
}
