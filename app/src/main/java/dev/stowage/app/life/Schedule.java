package dev.stowage.app.life;

import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something again and again, in a thread of its own, at an interval that varies by a tenth: so
 * servers that were started together do not work all at once. A failure is logged, and the next
 * time is tried as before. Closing it waits for what is being done, and interrupts nothing.
 */
public final class Schedule implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Schedule.class);
  private static final int JITTER = 10;

  private final String name;
  private final Duration interval;
  private final Task task;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();
  private boolean closed;

  /** Something that is done again and again. */
  @FunctionalInterface
  public interface Task {
    /** Does it once. */
    void run() throws Exception;
  }

  private Schedule(String name, Duration interval, Task task) {
    this.name = name;
    this.interval = interval;
    this.task = task;
    this.thread = new Thread(this::run, "stowage-" + name);
    this.thread.setDaemon(true);
  }

  /**
   * Begins to do something, for the first time after one interval.
   *
   * @param name what it is, for the log
   * @param interval how much time there is between one end and the next beginning, more than zero
   */
  public static Schedule begin(String name, Duration interval, Task task) {
    if (interval.isZero() || interval.isNegative()) {
      throw new IllegalArgumentException("an interval is longer than nothing");
    }
    Schedule schedule = new Schedule(name, interval, task);
    schedule.thread.start();
    return schedule;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (isTimeAgain()) {
      try {
        task.run();
      } catch (Exception e) {
        LOG.error("{} failed, and is tried again later", name, e);
      }
    }
  }

  /** Waits for the next time; false if there is none. */
  private boolean isTimeAgain() {
    lock.lock();
    try {
      long left = varied(interval.toNanos());
      while (!closed && left > 0) {
        left = ended.awaitNanos(left);
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  private static long varied(long nanos) {
    long most = nanos / JITTER;
    return most == 0 ? nanos : nanos + ThreadLocalRandom.current().nextLong(-most, most + 1);
  }
}
