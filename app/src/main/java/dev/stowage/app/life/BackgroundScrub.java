package dev.stowage.app.life;

import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.maintenance.Scrubber;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scrubs a store over and over, slowly. Between two rounds there is a pause, so that a small or
 * empty store costs nothing. Where a round is, is known only in memory.
 */
public final class BackgroundScrub implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(BackgroundScrub.class);
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Scrubber scrubber;
  private final ScrubOptions options;
  private final Duration first;
  private final Duration pause;
  private final @Nullable Thread thread;
  private volatile boolean closed;

  private BackgroundScrub(Scrubber scrubber, long rate, Duration first, Duration pause) {
    this.scrubber = scrubber;
    this.first = first;
    this.pause = pause;
    this.options =
        new ScrubOptions(false, rate == 0 ? OptionalLong.empty() : OptionalLong.of(rate));
    this.thread = rate == 0 ? null : new Thread(this::run, "stowage-scrub");
  }

  /**
   * Begins, a minute from now.
   *
   * @param rate the most bytes to read in a second; 0 for not at all
   */
  public static BackgroundScrub start(Scrubber scrubber, long rate) {
    return start(scrubber, rate, FIRST, PAUSE);
  }

  static BackgroundScrub start(Scrubber scrubber, long rate, Duration first, Duration pause) {
    BackgroundScrub scrub = new BackgroundScrub(scrubber, rate, first, pause);
    if (scrub.thread != null) {
      scrub.thread.setDaemon(true);
      scrub.thread.start();
    }
    return scrub;
  }

  /** Ends the round that runs, and waits until it has ended. */
  @Override
  public void close() throws IOException {
    closed = true;
    if (thread == null) {
      return;
    }
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the end of the scrub was interrupted");
    }
  }

  private void run() {
    try {
      Thread.sleep(first.toMillis());
      while (!closed) {
        round();
        Thread.sleep(pause.toMillis());
      }
    } catch (InterruptedException end) {
      LOG.debug("the scrub has ended");
    }
  }

  private void round() {
    try {
      ScrubReport report = scrubber.scrub(options, Progress.SILENT);
      if (!report.clean()) {
        // Each finding is in the log already.
        LOG.error(
            "the scrub found {} damaged blobs, {} damaged manifests, {} facts that lead to nothing"
                + " and {} orphans; \"stowage verify\" lists them",
            report.damagedBlobs().size(),
            report.damagedManifests().size(),
            report.dangling().size(),
            report.orphans().size());
      }
    } catch (IOException | RuntimeException e) {
      if (!closed) {
        LOG.warn("a round of the scrub ended early: {}", e.toString());
      }
    }
  }
}
