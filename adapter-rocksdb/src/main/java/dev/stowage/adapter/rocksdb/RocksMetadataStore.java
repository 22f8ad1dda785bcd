package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.Health;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;

/**
 * Facts in a RocksDB database, which is one directory and belongs to one process at a time.
 *
 * <p>Writing functions run one after another and are made durable in groups, so a function that
 * takes long holds up all others. Once a change could not be made durable every further one is
 * refused with an {@link IOException} until the store is opened again; reading goes on.
 *
 * <p>Safe for use by any number of threads. Facts are refused with an {@link IllegalStateException}
 * outside of their transaction or its thread; so is a writing function that calls {@link #write},
 * and a function that closes the store. After {@link #close} every call fails with an {@link
 * IOException}.
 */
public final class RocksMetadataStore implements MetadataStore {
  private final Path directory;
  private final RocksDatabase database;
  private final GroupCommit commits;

  /** Held for reading by every call, since native handles must not be used once they are closed. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  private boolean closed;

  private RocksMetadataStore(Path directory, RocksDatabase database, GroupCommit.Log log) {
    this.directory = directory;
    this.database = database;
    this.commits = new GroupCommit(database, log);
  }

  /**
   * Opens the store in a directory, which is made if it is not there.
   *
   * @throws IOException if the directory is in use, damaged, of another format, or cannot be read
   *     or written; the message names it, what is wrong, and the way out
   */
  public static RocksMetadataStore open(Path directory, RocksOptions options) throws IOException {
    return open(directory, options, log -> log);
  }

  /** Opens a store whose groups take another way into the database. */
  static RocksMetadataStore open(
      Path directory, RocksOptions options, UnaryOperator<GroupCommit.Log> way) throws IOException {
    RocksDatabase database = RocksOpening.open(directory, options);
    return new RocksMetadataStore(directory, database, way.apply(database));
  }

  @Override
  public <T> T read(Reading<T> transaction) throws IOException {
    return whileOpen(
        () -> {
          try (RocksDatabase.Moment moment = database.moment()) {
            return reading(moment, transaction);
          }
        });
  }

  @Override
  public <T> T write(Writing<T> transaction) throws IOException {
    return whileOpen(() -> commits.write(transaction));
  }

  @Override
  public Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
    return readNow(facts -> facts.tag(repository, tag));
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    return readNow(facts -> facts.manifest(repository, digest));
  }

  @Override
  public Optional<LinkedBlob> linkedBlob(RepositoryName repository, Digest digest)
      throws IOException {
    return whileOpen(
        () -> {
          // Two entries are read for one fact: they belong together if nothing was written
          // meanwhile.
          long before = database.sequence();
          Optional<LinkedBlob> found =
              reading(database, facts -> linked(facts, repository, digest));
          return database.sequence() == before
              ? found
              : read(facts -> linked(facts, repository, digest));
        });
  }

  @Override
  public Optional<Digest> aliasTarget(Digest alias) throws IOException {
    return readNow(facts -> facts.aliasTarget(alias));
  }

  /**
   * Closes the store, once all calls under way have returned. To close it again does nothing.
   *
   * @throws IOException if the database reports a failure, which may be that of an earlier change
   *     again; the store is closed all the same, and all that was acknowledged is durable
   */
  @Override
  public void close() throws IOException {
    if (use.getReadHoldCount() > 0) {
      throw new IllegalStateException("a function does not close the store that it runs in");
    }
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        database.close();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  @Override
  public Health health() {
    return new Health.Writable();
  }

  /** A number that RocksDB tells of itself. */
  long property(String name) throws IOException {
    return whileOpen(() -> database.property(name));
  }

  /** Moves what is in memory into tables. */
  void flush() throws IOException {
    whileOpen(
        () -> {
          database.flush();
          return true;
        });
  }

  /** Reads one entry, which needs no snapshot. */
  private <T> T readNow(Reading<T> transaction) throws IOException {
    return whileOpen(() -> reading(database, transaction));
  }

  private static <T> T reading(View view, Reading<T> transaction) throws IOException {
    StoredFacts facts = new StoredFacts(view);
    try {
      return transaction.in(facts);
    } finally {
      facts.end();
    }
  }

  private static Optional<LinkedBlob> linked(
      FactReader facts, RepositoryName repository, Digest digest) throws IOException {
    Optional<BlobLink> link = facts.link(repository, digest);
    if (link.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredBlob> blob = facts.blob(digest);
    return blob.map(stored -> new LinkedBlob(link.get(), stored));
  }

  private <T> T whileOpen(Call<T> call) throws IOException {
    use.readLock().lock();
    try {
      if (closed) {
        throw new IOException("the metadata store in " + directory + " is closed");
      }
      return call.run();
    } finally {
      use.readLock().unlock();
    }
  }

  @FunctionalInterface
  private interface Call<T> {
    T run() throws IOException;
  }
}
