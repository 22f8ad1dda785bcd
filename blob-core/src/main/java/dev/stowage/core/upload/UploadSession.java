package dev.stowage.core.upload;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.Staging;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One upload: its staged bytes and their digests so far, and who may touch them.
 *
 * <p>One writer at a time holds a session. A newer one takes it over between two writes; what the
 * older one had written of an unfinished chunk is cut back then. A commit keeps the lock, so that
 * it is waited for and never taken over.
 */
final class UploadSession {
  private final UploadId id;
  private final UploadCommit commit;
  private final StagedContent content;
  // Fair, or a writer that writes without a pause would keep the one that takes over waiting.
  private final ReentrantLock lock = new ReentrantLock(true);

  private volatile UploadFact fact;
  private boolean ended;
  private boolean retired;
  private @Nullable SessionWriter holder;

  /** A session that has just begun. */
  UploadSession(
      UploadFact fact,
      BlobData data,
      UploadCommit commit,
      Staging staging,
      DigestAlgorithm algorithm) {
    this(fact, commit, new StagedContent(fact.id(), data, commit, Optional.of(staging), algorithm));
  }

  /** A session of which this process has only the fact yet. */
  UploadSession(UploadFact fact, BlobData data, UploadCommit commit) {
    this(
        fact,
        commit,
        new StagedContent(fact.id(), data, commit, Optional.empty(), DigestAlgorithm.SHA256));
  }

  private UploadSession(UploadFact fact, UploadCommit commit, StagedContent content) {
    this.id = fact.id();
    this.fact = fact;
    this.commit = commit;
    this.content = content;
  }

  UploadId id() {
    return id;
  }

  /** The upload's fact, without waiting for whoever uses the session. */
  UploadFact fact() {
    return fact;
  }

  /** Makes a writer the first holder of a session that nobody else knows yet. */
  void begin(SessionWriter writer) {
    lock.lock();
    try {
      holder = writer;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes a writer the holder. Waits for a write or a commit under way.
   *
   * @return whether it is the holder now; false if this object no longer stands for the upload
   */
  boolean take(SessionWriter writer) throws IOException {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted before the upload").initCause(e);
    }
    try {
      if (retired) {
        return false;
      }
      refuseIfEnded();
      if (!content.isOpen()) {
        reopenOrRetire();
      }
      cutBack();
      holder = writer;
      return true;
    } finally {
      lock.unlock();
    }
  }

  long size() {
    lock.lock();
    try {
      return content.size();
    } finally {
      lock.unlock();
    }
  }

  int write(SessionWriter writer, ByteBuffer source) throws IOException {
    lock.lock();
    try {
      heldBy(writer);
      return content.append(source);
    } catch (IOException | RuntimeException e) {
      loseIfBroken(e);
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /** Begins a chunk at the session's end and says where that is. */
  long beginChunk(SessionWriter writer) throws IOException {
    lock.lock();
    try {
      heldBy(writer);
      content.beginChunk();
      return content.size();
    } finally {
      lock.unlock();
    }
  }

  /** Keeps what was written since the chunk began. */
  void completeChunk(SessionWriter writer) throws IOException {
    lock.lock();
    try {
      heldBy(writer);
      content.completeChunk();
    } finally {
      lock.unlock();
    }
  }

  /** Drops what was written since the chunk began, unless a newer writer has seen to that. */
  void abandonChunk(SessionWriter writer) throws IOException {
    lock.lock();
    try {
      if (holder == writer && !ended) {
        cutBack();
      }
    } finally {
      lock.unlock();
    }
  }

  Descriptor commit(SessionWriter writer, Provisional claim) throws IOException {
    lock.lock();
    try {
      Staging open = heldBy(writer);
      long size = content.size();
      if (claim.size().isPresent() && claim.size().getAsLong() != size) {
        throw new InvalidLengthException(claim.size().getAsLong(), size);
      }
      UploadCommit.Verified verified = commit.verify(open, size, content.digester(), claim);
      // From here on the upload is over: it becomes a blob, or it is lost.
      ended = true;
      return commit.commit(fact, open, verified);
    } finally {
      lock.unlock();
    }
  }

  /** Ends the session and says whether it was this call that did. */
  boolean cancel(SessionWriter writer) throws IOException {
    lock.lock();
    try {
      if (ended) {
        return false;
      }
      Staging open = heldBy(writer);
      ended = true;
      commit.abandon(fact, open);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends a writer's hold, if it still has it.
   *
   * @return whether the session is now nobody's
   * @throws IOException if the staging's state could not be kept; the hold is ended all the same
   */
  boolean release(SessionWriter writer) throws IOException {
    lock.lock();
    try {
      if (holder != writer) {
        return false;
      }
      holder = null;
      if (!ended && !content.staging().state().equals(fact.state())) {
        fact = commit.remember(fact, content.staging().state());
      }
      return !ended;
    } finally {
      lock.unlock();
    }
  }

  /** Gives up the channel of a session that nobody holds; a later writer opens another one. */
  void park() throws IOException {
    lock.lock();
    try {
      if (holder == null && !ended) {
        closeStaging();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives up a session, whoever holds it, between two writes or behind a commit: an unfinished
   * chunk is cut back, and the rest is for the next process.
   */
  void surrender() throws IOException {
    lock.lock();
    try {
      if (ended || retired) {
        return;
      }
      holder = null;
      retired = true;
      if (content.isOpen()) {
        cutBack();
      }
      closeStaging();
    } finally {
      lock.unlock();
    }
  }

  /** Gives up a session that nobody holds; a later writer makes it anew from its fact. */
  void retire() throws IOException {
    lock.lock();
    try {
      if (holder == null && !ended) {
        closeStaging();
        retired = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Cancels an upload that nobody holds, if it still is to be cancelled.
   *
   * @param wanted asked once nobody else can come to hold it
   * @return how many bytes it had, if it was cancelled
   */
  OptionalLong expire(BooleanSupplier wanted) throws IOException {
    if (!lock.tryLock()) {
      return OptionalLong.empty();
    }
    try {
      if (holder != null || ended || retired || !wanted.getAsBoolean()) {
        return OptionalLong.empty();
      }
      Optional<Staging> open = content.release(fact.state());
      ended = true;
      try {
        commit.forget(fact);
      } finally {
        open.ifPresent(UploadCommit::discard);
      }
      return OptionalLong.of(open.map(Staging::size).orElse(0L));
    } finally {
      lock.unlock();
    }
  }

  /** Whether this object no longer stands for an open upload. */
  boolean isOver() {
    lock.lock();
    try {
      return ended || retired;
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  private void closeStaging() throws IOException {
    try {
      content.close();
    } catch (IOException e) {
      ended = true;
      throw e;
    }
  }

  private Staging heldBy(SessionWriter writer) throws IOException {
    refuseIfEnded();
    if (retired) {
      throw new IOException("the store is closed");
    }
    if (holder != writer) {
      throw new UploadTakenOverException(id, content.settledSize());
    }
    return content.staging();
  }

  private void refuseIfEnded() {
    if (ended) {
      throw new UploadUnknownException(id);
    }
  }

  /** A session that cannot be gone on with is made anew from its fact by whoever tries again. */
  private void reopenOrRetire() throws IOException {
    try {
      reopen();
    } catch (IOException | RuntimeException e) {
      retired = true;
      throw e;
    }
  }

  private void reopen() throws IOException {
    if (!content.reopen(fact.state())) {
      ended = true;
      commit.forget(fact);
      throw new UploadUnknownException(id);
    }
  }

  private void cutBack() throws IOException {
    try {
      content.cutBack();
    } catch (IOException | RuntimeException e) {
      loseIfBroken(e);
      throw e;
    }
  }

  /** What is in no known state is an unknown upload from now on. */
  private void loseIfBroken(Exception failure) {
    if (!content.isBroken() || ended) {
      return;
    }
    ended = true;
    try {
      commit.abandon(fact, content.staging());
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
