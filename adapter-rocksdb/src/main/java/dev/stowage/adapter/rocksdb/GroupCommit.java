package dev.stowage.adapter.rocksdb;

import dev.stowage.spi.MetadataStore.Writing;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs writing functions one after another, and makes what they changed durable in groups.
 *
 * <p>A function runs under one lock, over the database and, laid over it, all changes that are not
 * in the database yet: so it sees exactly what the functions before it left, and their order is the
 * order of serialization. Its changes join the open group, and the lock is free for the next
 * function. Whoever joins a group first is its leader: it waits for the group before, closes its
 * own, and writes it as one synced batch, while the next group collects. All in a group return when
 * that write has returned.
 *
 * <p>A function that changed nothing, or threw, has still seen changes that were not durable: it
 * waits for the newest group of its time, so what it tells is durable as well.
 *
 * <p>A group that cannot be written fails, and every group behind it, for those ran over its
 * changes; from then on no function runs. docs/decisions/0002-serializable-transactions.md says why
 * it is done so.
 */
final class GroupCommit {
  /** Where groups become durable. */
  interface Log {
    /** Writes transactions, in order, all or none; they are durable when it returns. */
    void write(List<Overlay> transactions) throws IOException;
  }

  private final Log log;
  private final Alarm alarm;
  private final ReentrantLock functions = new ReentrantLock();

  /** The changes that are not known to be in the database, over it. Guarded by the lock. */
  private final Overlay pending;

  /** The groups of those changes, the oldest first. Guarded by the lock. */
  private final Queue<Group> groups = new ArrayDeque<>();

  /** The group that was opened last. Guarded by the lock. */
  private Group newest;

  private final Group nobody = Group.ended();

  private volatile @Nullable Throwable failure;

  GroupCommit(View database, Log log) {
    this(database, log, Alarm.unheard());
  }

  /** With an alarm for the first failure. */
  GroupCommit(View database, Log log, Alarm alarm) {
    this.log = log;
    this.alarm = alarm;
    this.pending = new Overlay(database);
    this.newest = nobody;
  }

  /** What {@link dev.stowage.spi.MetadataStore#write} does. */
  <T> T write(Writing<T> function) throws IOException {
    Place place = new Place();
    T result;
    try {
      result = runInTurn(function, place);
    } catch (Throwable thrown) {
      try {
        place.settle();
      } catch (IOException e) {
        e.addSuppressed(thrown);
        throw e;
      }
      throw thrown;
    }
    place.settle();
    return result;
  }

  private <T> T runInTurn(Writing<T> function, Place place) throws IOException {
    if (functions.isHeldByCurrentThread()) {
      throw new IllegalStateException("a writing function does not call the store");
    }
    functions.lock();
    try {
      refuseAfterFailure();
      forgetDurable();
      place.group = newest;
      Overlay changes = new Overlay(pending);
      WritableFacts facts = new WritableFacts(changes);
      T result;
      try {
        result = function.in(facts);
      } finally {
        facts.end();
      }
      if (!changes.changes().isEmpty()) {
        join(changes, place);
      }
      return result;
    } finally {
      functions.unlock();
    }
  }

  private void join(Overlay changes, Place place) {
    try {
      if (!newest.add(changes)) {
        Group fresh = new Group();
        fresh.add(changes);
        place.before = newest;
        place.group = fresh;
        groups.add(fresh);
        newest = fresh;
      }
      pending.absorb(changes);
    } catch (Throwable e) {
      // Out of memory half-way: what later functions would see is not what will be written.
      fail(e);
      throw e;
    }
  }

  /** Writes a group, once the one before it has ended. */
  private void lead(Group group, Group before) {
    try {
      before.awaitEnd();
      List<Overlay> members = group.close();
      Throwable earlier = failure;
      if (earlier == null) {
        log.write(members);
      }
      group.end(earlier);
    } catch (Throwable e) {
      // Whatever it was: the others must not wait for ever, nor go on over changes that are not
      // there. They and this thread are told by the group's end.
      fail(e);
      group.end(e);
    }
    // Else the last group would stay in memory until the next function runs.
    if (functions.tryLock()) {
      try {
        forgetDurable();
      } finally {
        functions.unlock();
      }
    }
  }

  private void forgetDurable() {
    for (Group oldest = groups.peek();
        oldest != null && oldest.isDurable();
        oldest = groups.peek()) {
      oldest.close().forEach(pending::forget);
      groups.remove();
    }
  }

  private void fail(Throwable reason) {
    if (failure == null) {
      failure = reason;
    }
    alarm.raise(
        reason instanceof IOException ? String.valueOf(reason.getMessage()) : reason.toString());
  }

  private void refuseAfterFailure() throws IOException {
    Throwable reason = failure;
    if (reason != null) {
      throw new StoreReadOnlyException(
          "the metadata takes no changes until it is opened again, since an earlier one could not"
              + " be made durable: "
              + reason.getMessage());
    }
  }

  /** Where a function stands: the group that it waits for, and the one before it if it leads. */
  private final class Place {
    private Group group = nobody;
    private @Nullable Group before;

    void settle() throws IOException {
      if (before != null) {
        lead(group, before);
      }
      group.awaitDurable();
    }
  }
}
