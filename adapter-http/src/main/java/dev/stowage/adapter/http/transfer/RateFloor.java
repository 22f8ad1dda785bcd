package dev.stowage.adapter.http.transfer;

import java.time.Duration;

/**
 * Tells whether a client is too slow to be served.
 *
 * <p>Only the time that is spent waiting for the client counts, so that a slow disk on this side
 * never fails a fast client. A grace makes up for the unevenness of networks. Not safe for use by
 * several threads at a time.
 */
public final class RateFloor {
  private static final double NANOS = 1e9;

  private final long bytesPerSecond;
  private final long graceNanos;
  private long bytes;
  private long waited;

  /**
   * A floor that nothing has been measured against yet.
   *
   * @param bytesPerSecond the least average rate; 0 for any
   * @param grace how long the client may be waited for whatever its rate
   */
  public RateFloor(long bytesPerSecond, Duration grace) {
    this.bytesPerSecond = bytesPerSecond;
    this.graceNanos = grace.toNanos();
  }

  /** Counts bytes that the client sent or took. */
  public void moved(long count) {
    bytes += count;
  }

  /** Counts time that was spent waiting for the client. */
  public void waited(long nanos) {
    waited += nanos;
  }

  /** Whether more time was spent waiting than the bytes that moved allow. */
  public boolean isBroken() {
    return waited > allowance();
  }

  /**
   * How much longer the client may take for what has moved, in nanoseconds; {@link Long#MAX_VALUE}
   * for any time.
   */
  long nanosLeft() {
    long allowance = allowance();
    return allowance == Long.MAX_VALUE ? allowance : Math.max(0, allowance - waited);
  }

  private long allowance() {
    return bytesPerSecond == 0
        ? Long.MAX_VALUE
        : graceNanos + (long) (bytes * (NANOS / bytesPerSecond));
  }
}
