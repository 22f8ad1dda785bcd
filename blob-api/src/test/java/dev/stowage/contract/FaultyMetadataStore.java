package dev.stowage.contract;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Health;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.Optional;

/**
 * A store that fails when it is told to, with an {@link IOException}: its reads, or one write,
 * before it has an effect or after. It can also run every writing function twice, which the port
 * allows, to show a function that has another effect than its changes. Safe for use by any number
 * of threads.
 */
public final class FaultyMetadataStore implements MetadataStore {
  /** When a failing write fails. */
  public enum Moment {
    /** Before anything was changed. */
    BEFORE_THE_EFFECT,
    /** After everything was changed: the caller is told of a failure all the same. */
    AFTER_THE_EFFECT
  }

  private final MetadataStore store;
  private boolean readsFail;
  private boolean runsTwice;
  private int writesToGo;
  private Moment moment = Moment.BEFORE_THE_EFFECT;

  /** A store that does as another one does, until it is told to fail. */
  public FaultyMetadataStore(MetadataStore store) {
    this.store = store;
  }

  /** Makes all reads fail from now on, or none. */
  public synchronized void failReads(boolean fail) {
    readsFail = fail;
  }

  /** Makes one write fail: the next one for 1, the one behind it for 2, and so on. */
  public synchronized void failWrite(int nth, Moment when) {
    if (nth < 1) {
      throw new IllegalArgumentException("writes are counted from 1, not from " + nth);
    }
    writesToGo = nth;
    moment = when;
  }

  /** Makes all writing functions run twice from now on, the first time without effect, or once. */
  public synchronized void runTwice(boolean twice) {
    runsTwice = twice;
  }

  @Override
  public <T> T read(Reading<T> transaction) throws IOException {
    failIfReadsDo();
    return store.read(transaction);
  }

  @Override
  public <T> T write(Writing<T> transaction) throws IOException {
    Optional<Moment> failure = nextWrite();
    if (failure.equals(Optional.of(Moment.BEFORE_THE_EFFECT))) {
      throw new IOException("this write fails before it has an effect");
    }
    if (isRunTwice()) {
      runForNothing(transaction);
    }
    T result = store.write(transaction);
    if (failure.isPresent()) {
      throw new IOException("this write fails after it had its effect");
    }
    return result;
  }

  @Override
  public Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
    failIfReadsDo();
    return store.tag(repository, tag);
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    failIfReadsDo();
    return store.manifest(repository, digest);
  }

  @Override
  public Optional<LinkedBlob> linkedBlob(RepositoryName repository, Digest digest)
      throws IOException {
    failIfReadsDo();
    return store.linkedBlob(repository, digest);
  }

  @Override
  public Optional<Digest> aliasTarget(Digest alias) throws IOException {
    failIfReadsDo();
    return store.aliasTarget(alias);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  @Override
  public Health health() {
    return store.health();
  }

  private synchronized void failIfReadsDo() throws IOException {
    if (readsFail) {
      throw new IOException("reads fail");
    }
  }

  private synchronized boolean isRunTwice() {
    return runsTwice;
  }

  private synchronized Optional<Moment> nextWrite() {
    if (writesToGo == 0) {
      return Optional.empty();
    }
    writesToGo--;
    return writesToGo == 0 ? Optional.of(moment) : Optional.empty();
  }

  private <T> void runForNothing(Writing<T> transaction) throws IOException {
    try {
      store.write(
          facts -> {
            transaction.in(facts);
            throw new RolledBackException();
          });
    } catch (RolledBackException e) {
      // As intended: it ran, and nothing of it is left.
      return;
    }
    throw new IllegalStateException("a function that throws has no effect");
  }

  private static final class RolledBackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RolledBackException() {
      super("run again");
    }
  }
}
