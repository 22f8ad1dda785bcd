package dev.stowage.adapter.http.transfer;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.error.OciCode;
import java.util.concurrent.Semaphore;

/**
 * How much memory the bodies may take that are held whole. Small ones are free, since there are no
 * more of them than threads; larger ones share a number of bytes, and whoever finds none left is
 * refused, to come again. Safe for use by many threads.
 */
public final class BodyMemory {
  /** What each body may take without asking. */
  static final int FREE = 64 * 1024;

  private final Semaphore bytes;

  /**
   * Memory for many bodies.
   *
   * @param most the most bytes that large ones take at a time
   */
  public BodyMemory(int most) {
    this.bytes = new Semaphore(most);
  }

  /** Begins to hold a body, which takes nothing yet. */
  public Held hold() {
    return new Held();
  }

  /** What one body takes, until this is closed. For one thread. */
  public final class Held implements AutoCloseable {
    private int taken;

    private Held() {}

    /**
     * Takes what is missing to some size.
     *
     * @throws HttpRefusal with 503 if that is not to be had
     */
    void growTo(int size) {
      int missing = size <= FREE ? 0 : size - taken;
      if (missing > 0) {
        if (!bytes.tryAcquire(missing)) {
          throw HttpRefusal.of(
              503, OciCode.UNAVAILABLE, "too many large bodies are on their way at this time");
        }
        taken += missing;
      }
    }

    @Override
    public void close() {
      bytes.release(taken);
      taken = 0;
    }
  }
}
