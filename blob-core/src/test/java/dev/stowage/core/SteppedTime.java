package dev.stowage.core;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so, on the monotonic clock and on the wall clock. */
final class SteppedTime extends Clock {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
  private volatile Instant wall = Instant.parse("2026-01-01T00:00:00Z");

  /** A monotonic clock; it wraps around soon, as System.nanoTime may. */
  long nanos() {
    return nanos.get();
  }

  /** Lets time pass on both clocks. */
  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    wall = wall.plus(time);
  }

  /** Moves the wall clock alone. */
  void moveWall(Duration by) {
    wall = wall.plus(by);
  }

  @Override
  public Instant instant() {
    return wall;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
