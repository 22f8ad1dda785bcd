package dev.stowage.adapter.rocksdb;

import dev.stowage.spi.NoSpaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that become durable together. It is open at first and collects; its leader closes it
 * and then, once, says how it ended.
 */
final class Group {
  /** Beyond this a group takes no more, so that a batch stays of a size that memory can hold. */
  private static final long FULL = 16L << 20;

  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Overlay> members = new ArrayList<>();
  private long size;
  private boolean open = true;
  private @Nullable Throwable failure;

  /** A group that is durable, of nobody. */
  static Group ended() {
    Group group = new Group();
    group.close();
    group.end(null);
    return group;
  }

  /** Takes a transaction in, behind all that are here; false if the group takes no more. */
  synchronized boolean add(Overlay transaction) {
    if (!open || size >= FULL) {
      return false;
    }
    members.add(transaction);
    size += transaction.size();
    return true;
  }

  /** Takes nobody in any more. The members, in the order in which they came, do not change then. */
  synchronized List<Overlay> close() {
    open = false;
    return members;
  }

  /** Lets all go that wait for the end: durable, or failed for a reason. */
  void end(@Nullable Throwable reason) {
    failure = reason;
    end.countDown();
  }

  /** Whether its changes are in the database. */
  boolean isDurable() {
    return end.getCount() == 0 && failure == null;
  }

  /**
   * Waits until the group has ended. An interrupt does not end the wait, since the commit goes on;
   * the thread is marked as interrupted afterwards.
   *
   * @throws IOException if the group's changes could not be made durable
   */
  void awaitDurable() throws IOException {
    awaitEnd();
    if (failure != null) {
      throw refusal("the changes are not durable, and it is unknown if they ever will be", failure);
    }
  }

  /** Waits as {@link #awaitDurable} does, for whatever end. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        end.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static IOException refusal(String what, Throwable failure) {
    String message = what + ": " + failure.getMessage();
    return failure instanceof NoSpaceException
        ? new NoSpaceException(message, failure)
        : new IOException(message, failure);
  }
}
