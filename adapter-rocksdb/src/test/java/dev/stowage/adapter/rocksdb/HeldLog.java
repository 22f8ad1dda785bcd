package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * A log whose writes arrive, and then wait for a word: go on, or fail. So a test can stand between
 * a function's end and its durability.
 */
final class HeldLog implements GroupCommit.Log {
  private final GroupCommit.Log log;
  private final Semaphore arrived = new Semaphore(0);
  private final Semaphore released = new Semaphore(0);
  private final List<Integer> groups = new ArrayList<>();
  private Optional<RuntimeException> bug = Optional.empty();
  private boolean held;
  private boolean failing;

  HeldLog(GroupCommit.Log log) {
    this.log = log;
  }

  /** Makes writes wait from now on. */
  synchronized void hold() {
    held = true;
  }

  /** Waits until one more write has arrived. */
  void awaitArrival() {
    arrived.acquireUninterruptibly();
  }

  /** Lets all writes go on, this one and those to come. */
  void release() {
    letGo(false, Optional.empty());
  }

  /** Lets the write that waits fail. */
  void fail() {
    letGo(true, Optional.empty());
  }

  /** Lets the write that waits fail with what should never happen. */
  void failWith(RuntimeException exception) {
    letGo(true, Optional.of(exception));
  }

  /** How many transactions each write had. */
  synchronized List<Integer> groups() {
    return List.copyOf(groups);
  }

  @Override
  public void write(List<Overlay> transactions) throws IOException {
    if (isHeld(transactions.size())) {
      arrived.release();
      released.acquireUninterruptibly();
    }
    throwIfFailing();
    log.write(transactions);
  }

  private synchronized void letGo(boolean fail, Optional<RuntimeException> exception) {
    failing = fail;
    bug = exception;
    held = false;
    released.release();
  }

  private synchronized boolean isHeld(int size) {
    groups.add(size);
    return held;
  }

  private synchronized void throwIfFailing() throws IOException {
    if (bug.isPresent()) {
      throw bug.get();
    }
    if (failing) {
      throw new IOException("the disk is gone");
    }
  }
}
