package dev.stowage.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs some sides in threads of which one moves at a time, from one step to the next, in an order
 * that somebody chooses. What a side does between two steps nobody else sees half done.
 *
 * <p>A side that waits for another one is left alone until it can go on; if nobody can, that is a
 * deadlock and fails.
 */
final class Stepper {
  private final Semaphore arrived = new Semaphore(0);
  private volatile List<Runner> runners = List.of();

  /** What one side does. */
  interface Side {
    void run() throws Exception;
  }

  private enum Place {
    MOVING,
    AT_A_STEP,
    DONE
  }

  private final class Runner extends Thread {
    private final Side side;
    private volatile Place state = Place.MOVING;
    private volatile @Nullable Throwable failure;
    private boolean whole;

    Runner(Side side, int number) {
      super("side-" + number);
      this.side = side;
      setDaemon(true);
    }

    @Override
    public void run() {
      try {
        pause();
        side.run();
      } catch (Throwable e) {
        failure = e;
      } finally {
        state = Place.DONE;
        arrived.release();
      }
    }

    void pause() {
      if (whole) {
        return;
      }
      state = Place.AT_A_STEP;
      arrived.release();
      while (state == Place.AT_A_STEP) {
        LockSupport.park(this);
      }
    }

    boolean isSettled() {
      return state != Place.MOVING || isWaiting();
    }

    /** Whether it waits for a latch or lock that nobody has opened yet. */
    private boolean isWaiting() {
      if (getState() != Thread.State.WAITING) {
        return false;
      }
      Object blocker = LockSupport.getBlocker(this);
      return blocker != null && blocker.toString().contains("[State = 1");
    }
  }

  /** A place where another side may move; for threads that are no side it is nothing. */
  void step() {
    Runner runner = current();
    if (runner != null) {
      runner.pause();
    }
  }

  /** Does something as a part of one step. */
  <T, E extends Exception> T whole(Whole<T, E> action) throws E {
    Runner runner = current();
    if (runner == null || runner.whole) {
      return action.run();
    }
    runner.pause();
    runner.whole = true;
    try {
      return action.run();
    } finally {
      runner.whole = false;
    }
  }

  /** What {@link #whole} does. */
  interface Whole<T, E extends Exception> {
    T run() throws E;
  }

  private @Nullable Runner current() {
    return Thread.currentThread() instanceof Runner runner && runners.contains(runner)
        ? runner
        : null;
  }

  /**
   * Runs sides to their ends.
   *
   * @param choose is given the number of sides that can move, and gives the one that does
   */
  void run(List<Side> sides, IntUnaryOperator choose) {
    List<Runner> all = new ArrayList<>();
    for (Side side : sides) {
      all.add(new Runner(side, all.size()));
    }
    runners = List.copyOf(all);
    runners.forEach(Thread::start);
    while (true) {
      settle();
      List<Runner> movable = runners.stream().filter(r -> r.state == Place.AT_A_STEP).toList();
      if (movable.isEmpty()) {
        break;
      }
      Runner next = movable.get(choose.applyAsInt(movable.size()));
      next.state = Place.MOVING;
      LockSupport.unpark(next);
    }
    for (Runner runner : runners) {
      if (runner.state != Place.DONE) {
        throw new AssertionError("nobody can move: " + runner.getName() + " waits for ever");
      }
      Throwable failure = runner.failure;
      if (failure != null) {
        throw new AssertionError(runner.getName() + " failed: " + failure.getMessage(), failure);
      }
    }
  }

  private void settle() {
    while (!runners.stream().allMatch(Runner::isSettled)) {
      try {
        if (arrived.tryAcquire(100, TimeUnit.MICROSECONDS)) {
          arrived.drainPermits();
        }
      } catch (InterruptedException e) {
        throw new AssertionError("a test is not interrupted", e);
      }
    }
  }
}
