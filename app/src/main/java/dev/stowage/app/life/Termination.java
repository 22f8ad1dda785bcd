package dev.stowage.app.life;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process in good order on SIGTERM or SIGINT: what runs is closed, and the exit status is
 * 0, or 1 if something could not be closed.
 */
public final class Termination {
  private static final Logger LOG = LoggerFactory.getLogger(Termination.class);

  private Termination() {}

  /** Closes a thing when the process is told to end. */
  public static void closes(Closeable thing) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(thing), "stowage-termination"));
  }

  /** Waits until the process is told to end; returns only if the waiting thread is interrupted. */
  public static void await() {
    Object never = new Object();
    synchronized (never) {
      try {
        while (true) {
          never.wait();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void end(Closeable thing) {
    int status = 0;
    try {
      thing.close();
      LOG.info("stopped");
    } catch (IOException | RuntimeException e) {
      LOG.error("stopped, but not in good order", e);
      status = 1;
    }
    // A process that a signal ends would report the signal, not that all is well.
    Runtime.getRuntime().halt(status);
  }
}
