package dev.stowage.adapter.http.transfer;

/**
 * Tells whether a client is too slow to be served.
 *
 * <p>Only the time that is spent waiting for the client counts, so that a slow disk on this side
 * never fails a fast client. A grace makes up for the unevenness of networks. Not safe for use by
 * several threads at a time.
 */
public final class RateFloor {
  private static final long GRACE_NANOS = 15_000_000_000L;
  private static final double NANOS = 1e9;

  private final long bytesPerSecond;
  private long bytes;
  private long waited;

  /**
   * A floor that nothing has been measured against yet.
   *
   * @param bytesPerSecond the least average rate; 0 for any
   */
  public RateFloor(long bytesPerSecond) {
    this.bytesPerSecond = bytesPerSecond;
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
        : GRACE_NANOS + (long) (bytes * (NANOS / bytesPerSecond));
  }
}
