package dev.stowage.adapter.fs;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has failed and is tried again, in a thread of its own, until it succeeds: all of it in one
 * round, and rounds with growing pauses before them. There is no thread before something failed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is run tells of its failures itself
final class Repairs implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Repairs.class);
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final int DOUBLINGS = 6;
  private static final int CLOSING_SECONDS = 10;

  /** Something that may succeed one day. */
  @FunctionalInterface
  interface Repair {
    void attempt() throws IOException;
  }

  private final IntFunction<Duration> pauses;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(Repairs::thread);
  private final Map<Object, Repair> waiting = new LinkedHashMap<>();
  private @Nullable Object running;
  private boolean scheduled;
  private boolean closed;

  /**
   * Nothing to repair yet.
   *
   * @param pauses the pause before the nth round since all was well, counted from 0
   */
  Repairs(IntFunction<Duration> pauses) {
    this.pauses = pauses;
  }

  /** A tenth of a second, and twice as long each time, up to some seconds. */
  static IntFunction<Duration> backOff() {
    return round -> Duration.ofMillis(FIRST_PAUSE_MILLIS << Math.min(round, DOUBLINGS));
  }

  /** Has something tried until it succeeds; in place of what is tried for the same key already. */
  synchronized void add(Object key, Repair repair) {
    waiting.put(key, repair);
    if (!scheduled) {
      schedule(0);
    }
  }

  /** Tries something no more. When this returns it is not being tried either. */
  synchronized void forget(Object key) {
    waiting.remove(key);
    boolean interrupted = false;
    while (key.equals(running)) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Does something again and again, with a pause in between, until this is closed. */
  void every(Duration pause, Runnable task) {
    thread.scheduleWithFixedDelay(task, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ends the attempts; none is under way when this returns, unless the medium holds it. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      thread.shutdownNow();
    }
    try {
      if (!thread.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("the medium does not answer: its check is left behind");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void schedule(int round) {
    if (!closed) {
      scheduled = true;
      thread.schedule(() -> run(round), pauses.apply(round).toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void run(int round) {
    for (Object key : keys()) {
      attempt(key);
    }
    synchronized (this) {
      scheduled = false;
      if (!waiting.isEmpty()) {
        schedule(round + 1);
      }
    }
  }

  private synchronized Object[] keys() {
    return waiting.keySet().toArray();
  }

  private void attempt(Object key) {
    Repair repair = begin(key);
    if (repair == null) {
      return;
    }
    boolean done = false;
    try {
      repair.attempt();
      done = true;
    } catch (IOException | RuntimeException e) {
      LOG.debug("{} is not repaired yet", key, e);
    } finally {
      end(key, repair, done);
    }
  }

  private synchronized @Nullable Repair begin(Object key) {
    Repair repair = closed ? null : waiting.get(key);
    running = repair == null ? null : key;
    return repair;
  }

  private synchronized void end(Object key, Repair repair, boolean done) {
    running = null;
    if (done) {
      waiting.remove(key, repair);
    }
    notifyAll();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "stowage-disk");
    thread.setDaemon(true);
    return thread;
  }
}
