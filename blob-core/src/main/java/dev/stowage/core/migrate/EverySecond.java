package dev.stowage.core.migrate;

import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Passes the lines on of which a person can read each. Used by one thread. */
final class EverySecond implements Progress {
  private final Progress progress;
  private long last = System.nanoTime();

  EverySecond(Progress progress) {
    this.progress = progress;
  }

  @Override
  public void tell(String line) throws IOException {
    long now = System.nanoTime();
    if (now - last >= TimeUnit.SECONDS.toNanos(1)) {
      last = now;
      progress.tell(line);
    }
  }
}
