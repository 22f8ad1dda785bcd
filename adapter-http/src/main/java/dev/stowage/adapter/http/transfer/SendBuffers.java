package dev.stowage.adapter.http.transfer;

import java.util.concurrent.Semaphore;

/**
 * How large the buffers are through which content leaves. A client that takes nothing keeps its
 * buffer, so that only some of those who are served at a time have a large one; the others have a
 * small one, which is slower and no less right. Safe for use by many threads.
 */
public final class SendBuffers {
  static final int LARGE = 256 * 1024;
  static final int SMALL = 16 * 1024;

  private final Semaphore large;

  /**
   * Buffers for many clients.
   *
   * @param mostLarge the most large buffers at a time
   */
  public SendBuffers(int mostLarge) {
    this.large = new Semaphore(mostLarge);
  }

  /** The size of a buffer for content of a length; whoever asks gives it back. */
  int take(long length) {
    if (length <= SMALL) {
      return (int) Math.max(1, length);
    }
    return large.tryAcquire() ? (int) Math.max(SMALL + 1, Math.min(LARGE, length)) : SMALL;
  }

  /** Gives a size back that was taken. */
  void giveBack(int size) {
    if (size > SMALL) {
      large.release();
    }
  }
}
