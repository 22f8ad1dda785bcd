package dev.stowage.core.scrub;

import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Keeps a round to its rate, and tells every second how far it has come. Used by one thread. */
final class Pace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final OptionalLong rate;
  private final Findings findings;
  private final Progress progress;
  private long due = System.nanoTime();
  private long told = due;

  Pace(OptionalLong rate, Findings findings, Progress progress) {
    this.rate = rate;
    this.findings = findings;
    this.progress = progress;
  }

  /**
   * Goes on after some bytes were read, once their time has passed.
   *
   * @throws IOException if the round is ended from outside
   */
  void read(long bytes) throws IOException {
    findings.read(bytes);
    if (rate.isPresent()) {
      long now = System.nanoTime();
      due = Math.max(due, now) + (long) (bytes * (double) SECOND / rate.getAsLong());
      sleep(due - now);
    }
    step();
  }

  /** Goes on after some work. */
  void step() throws IOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the scrub was interrupted");
    }
    long now = System.nanoTime();
    if (now - told >= SECOND) {
      told = now;
      progress.tell(findings.soFar());
    }
  }

  private static void sleep(long nanos) throws InterruptedIOException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the scrub was interrupted");
    }
  }
}
