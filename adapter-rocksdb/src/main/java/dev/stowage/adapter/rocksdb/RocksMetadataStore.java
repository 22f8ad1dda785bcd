package dev.stowage.adapter.rocksdb;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.Health;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.StoreReadOnlyException;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Facts in a RocksDB database, which is one directory and belongs to one process at a time.
 *
 * <p>Writing functions run one after another and are made durable in groups, so a function that
 * takes long holds up all others. Once a change could not be made durable, or RocksDB failed in its
 * own threads, every further change is refused with a {@link StoreReadOnlyException} until the
 * store has by itself closed the database and opened it again, which it tries at growing intervals,
 * of half a minute at most; reading goes on. A failure on a full disk is a {@link
 * NoSpaceException}.
 *
 * <p>Safe for use by any number of threads. Facts are refused with an {@link IllegalStateException}
 * outside of their transaction or its thread; so is a writing function that calls {@link #write},
 * and a function that closes the store. After {@link #close} every call fails with an {@link
 * IOException}.
 */
public final class RocksMetadataStore implements MetadataStore {
  private final LiveDatabase live;

  private RocksMetadataStore(LiveDatabase live) {
    this.live = live;
  }

  /**
   * Opens the store in a directory, which is made if it is not there. A record that a crash left
   * unfinished at the end of the log is cut off, after it was copied to the directory's {@code
   * lost}, and told of in the log of this program.
   *
   * @throws IOException if the directory is in use, damaged, of another format, or cannot be read
   *     or written; the message names it, what is wrong, and the way out
   */
  public static RocksMetadataStore open(Path directory, RocksOptions options) throws IOException {
    return open(directory, options, log -> log, Pace.usual());
  }

  /**
   * Opens a store whose groups take another way into the database, and which recovers at a pace.
   */
  static RocksMetadataStore open(
      Path directory, RocksOptions options, UnaryOperator<GroupCommit.Log> way, Pace pace)
      throws IOException {
    return new RocksMetadataStore(LiveDatabase.open(directory, options, way, pace));
  }

  /**
   * Unpacks RocksDB's native library into a directory, for a process that is started with {@code
   * -Djava.library.path} naming it: it then need not unpack the library each time.
   *
   * @throws IOException if there is none for this machine, or it is in the directory already, or
   *     cannot be written
   */
  public static void unpackLibrary(Path directory) throws IOException {
    NativeLibrary.unpack(directory);
  }

  @Override
  public <T> T read(Reading<T> transaction) throws IOException {
    return live.use(database -> reading(database, transaction));
  }

  @Override
  public <T> T write(Writing<T> transaction) throws IOException {
    return live.write(transaction);
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
    return live.use(
        database -> {
          // Two entries are read for one fact: they belong together if nothing was written
          // meanwhile.
          long before = database.sequence();
          Optional<LinkedBlob> found = facts(database, facts -> linked(facts, repository, digest));
          return database.sequence() == before
              ? found
              : reading(database, facts -> linked(facts, repository, digest));
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
    live.close();
  }

  @Override
  public Health health() {
    return live.health();
  }

  /** A number that RocksDB tells of itself. */
  long property(String name) throws IOException {
    return live.use(database -> database.property(name));
  }

  /** Moves what is in memory into tables. */
  void flush() throws IOException {
    live.use(
        database -> {
          database.flush();
          return true;
        });
  }

  /** Reads one entry, which needs no snapshot. */
  private <T> T readNow(Reading<T> transaction) throws IOException {
    return live.use(database -> facts(database, transaction));
  }

  private static <T> T reading(RocksDatabase database, Reading<T> transaction) throws IOException {
    try (RocksDatabase.Moment moment = database.moment()) {
      return facts(moment, transaction);
    }
  }

  private static <T> T facts(View view, Reading<T> transaction) throws IOException {
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
}
