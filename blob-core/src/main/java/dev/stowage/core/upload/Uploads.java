package dev.stowage.core.upload;

import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.UploadFact;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * The open uploads. A session that is being used, or was used lately, is kept in memory with its
 * channel and its digests; of others there is only the fact and the staged bytes.
 */
public final class Uploads implements Closeable {
  private static final Logger LOG = System.getLogger(Uploads.class.getName());

  private final BlobData data;
  private final MetadataStore store;
  private final UploadCommit commit;
  private final Clock clock;
  private final Touches touches;
  private final ConcurrentMap<UploadId, UploadSession> sessions = new ConcurrentHashMap<>();
  private final IdleSessions idle;
  private volatile boolean closed;

  /**
   * The uploads of a store.
   *
   * @param clock the wall clock, by which they are dated
   * @param nanos a monotonic clock, in nanoseconds, by which they expire
   * @param keptOpen how many sessions that no request uses keep their channel
   */
  public Uploads(
      BlobData data,
      MetadataStore store,
      DoomedBytes doomed,
      Reviews reviews,
      Clock clock,
      LongSupplier nanos,
      int keptOpen) {
    this.data = data;
    this.store = store;
    this.commit = new UploadCommit(data, store, doomed, reviews);
    this.clock = clock;
    this.touches = new Touches(nanos);
    this.idle = new IdleSessions(keptOpen);
  }

  /** Begins an upload whose digest will probably be of a given algorithm. */
  public BlobWriter create(RepositoryName repository, String actor, DigestAlgorithm algorithm)
      throws IOException {
    refuseIfClosed();
    UploadFact fact =
        new UploadFact(
            UploadId.random(),
            repository,
            actor,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            StagingState.NONE);
    touches.begin(fact.id());
    SessionWriter writer;
    UploadSession session;
    try {
      store.write(
          facts -> {
            facts.putUpload(fact);
            return true;
          });
      session = new UploadSession(fact, data, commit, stage(fact), algorithm);
      writer = new SessionWriter(session, this);
      session.begin(writer);
      sessions.put(fact.id(), session);
      touches.touch(fact.id());
    } catch (IOException | RuntimeException e) {
      touches.forget(fact.id());
      throw e;
    }
    surrenderIfClosed(session);
    return writer;
  }

  /** Goes on with an upload, taking it over from whoever writes to it. */
  public BlobWriter resume(RepositoryName repository, String actor, UploadId id)
      throws IOException {
    while (true) {
      refuseIfClosed();
      UploadSession session = find(id);
      UploadFact fact = session.fact();
      if (!fact.repository().equals(repository) || !fact.actor().equals(actor)) {
        throw new UploadUnknownException(id);
      }
      touches.touch(id);
      UploadSession raced = sessions.putIfAbsent(id, session);
      Optional<BlobWriter> writer = hold(raced == null ? session : raced);
      if (writer.isPresent()) {
        return writer.get();
      }
    }
  }

  /**
   * Gives up every channel, also those of writers that are still open. Open uploads stay as facts
   * and staged bytes.
   */
  @Override
  public void close() throws IOException {
    closed = true;
    List<IOException> failures = new ArrayList<>();
    for (UploadSession session : sessions.values()) {
      try {
        session.surrender();
        forgetIfOver(session);
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException failure = new IOException("staged bytes of open uploads could not be kept");
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Called by a writer that has ended its use of a session. */
  void release(SessionWriter writer, UploadSession session) throws IOException {
    boolean keep = true;
    try {
      touches.touch(session.id());
      keep = session.release(writer);
    } finally {
      if (keep) {
        rest(session);
      }
      forgetIfOver(session);
    }
  }

  /**
   * Cancels an upload if nobody has touched it for a time and nobody uses it.
   *
   * @return how many bytes it had, if it was cancelled
   */
  OptionalLong expire(UploadFact fact, Duration age) throws IOException {
    if (closed || !touches.isOlderThan(fact.id(), age)) {
      return OptionalLong.empty();
    }
    UploadSession fresh = new UploadSession(fact, data, commit);
    UploadSession raced = sessions.putIfAbsent(fact.id(), fresh);
    UploadSession session = raced == null ? fresh : raced;
    try {
      return session.expire(() -> touches.isOlderThan(fact.id(), age));
    } finally {
      if (session == fresh) {
        session.retire();
      }
      forgetIfOver(session);
    }
  }

  private void rest(UploadSession session) {
    IdleSessions.Surplus surplus = idle.add(session);
    surplus.toPark().ifPresent(each -> giveUp(each, UploadSession::park));
    surplus.toRetire().ifPresent(each -> giveUp(each, UploadSession::retire));
  }

  private UploadSession find(UploadId id) throws IOException {
    UploadSession session = sessions.get(id);
    return session != null
        ? session
        : store
            .read(facts -> facts.upload(id))
            .map(fact -> new UploadSession(fact, data, commit))
            .orElseThrow(() -> new UploadUnknownException(id));
  }

  private Optional<BlobWriter> hold(UploadSession session) throws IOException {
    SessionWriter writer = new SessionWriter(session, this);
    try {
      if (session.take(writer)) {
        idle.remove(session);
        surrenderIfClosed(session);
        return Optional.of(writer);
      }
      forgetIfOver(session);
      return Optional.empty();
    } catch (InterruptedIOException e) {
      // To look at the session would be to wait again.
      throw e;
    } catch (IOException | RuntimeException e) {
      forgetIfOver(session);
      throw e;
    }
  }

  private interface Surrender {
    void by(UploadSession session) throws IOException;
  }

  /**
   * Somebody else's upload makes room; its failure is not the failure of whoever needs the room.
   */
  private void giveUp(UploadSession session, Surrender surrender) {
    try {
      surrender.by(session);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "upload " + session.id() + " is lost: its bytes failed", e);
    }
    forgetIfOver(session);
  }

  private void forgetIfOver(UploadSession session) {
    if (session.isOver()) {
      idle.remove(session);
      sessions.remove(session.id(), session);
      if (session.isEnded()) {
        touches.forget(session.id());
      }
    }
  }

  private void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }

  /** Whoever came by while the store was closed may have been overlooked by that. */
  private void surrenderIfClosed(UploadSession session) throws IOException {
    if (closed) {
      session.surrender();
      refuseIfClosed();
    }
  }

  private Staging stage(UploadFact fact) throws IOException {
    try {
      return data.stage(fact.id());
    } catch (IOException | RuntimeException e) {
      try {
        commit.forget(fact);
      } catch (IOException forgetting) {
        e.addSuppressed(forgetting);
      }
      throw e;
    }
  }

  /**
   * Whether a session of an upload is in memory. One whose fact is gone stays until its staging was
   * discarded, and none comes back.
   */
  public boolean isHeld(UploadId id) {
    return sessions.containsKey(id);
  }
}
