package dev.stowage.core.blob;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and opens the blobs that one repository links. */
final class LinkedContent {
  private static final Logger LOG = System.getLogger(LinkedContent.class.getName());

  private final RepositoryName repository;
  private final BlobData data;
  private final MetadataStore store;
  private final Reviews reviews;

  /** A blob and an open channel to its bytes. */
  record Opened(LinkedBlob blob, SeekableByteChannel channel) {}

  LinkedContent(RepositoryName repository, BlobData data, MetadataStore store, Reviews reviews) {
    this.repository = repository;
    this.data = data;
    this.store = store;
    this.reviews = reviews;
  }

  /** Finds a blob. Whoever is told that it is here may rely on it for one lease. */
  Optional<LinkedBlob> find(Digest digest) throws IOException {
    Optional<Digest> canonical = Aliases.resolve(store, digest);
    if (canonical.isEmpty()) {
      return Optional.empty();
    }
    Optional<LinkedBlob> found = store.linkedBlob(repository, canonical.get());
    return found.isPresent()
            && reviews.promise(repository, canonical.get(), found.get().link().review())
        ? store.linkedBlob(repository, canonical.get())
        : found;
  }

  LinkedBlob get(Digest digest) throws IOException {
    Optional<LinkedBlob> found = find(digest);
    if (found.isEmpty()) {
      tellOfQuarantine(digest);
      throw new BlobUnknownException(digest);
    }
    return found.get();
  }

  private void tellOfQuarantine(Digest digest) throws IOException {
    Optional<QuarantinedBlob> aside = store.read(facts -> quarantined(facts, digest));
    aside.ifPresent(
        quarantined ->
            LOG.log(
                Level.ERROR,
                "blob {0} of {1} is asked for and not given: {2} since {3}; push it again",
                digest,
                repository,
                quarantined.damage().inWords(),
                quarantined.since()));
  }

  private Optional<QuarantinedBlob> quarantined(FactReader facts, Digest digest)
      throws IOException {
    Optional<Digest> canonical = Aliases.resolve(facts, digest);
    return canonical.isEmpty() || facts.link(repository, canonical.get()).isEmpty()
        ? Optional.empty()
        : facts.quarantined(canonical.get());
  }

  /**
   * Opens the bytes of a blob that was found, in their full length. A fact that was read just
   * before the blob was deleted, and perhaps pushed again, may name bytes that are gone: then the
   * fact is read again, and only the same placement twice is damage.
   */
  Opened open(Digest digest, LinkedBlob found) throws IOException {
    LinkedBlob blob = found;
    while (true) {
      try {
        return new Opened(blob, openWhole(blob.blob()));
      } catch (NoSuchFileException e) {
        LinkedBlob again = get(digest);
        if (again.blob().placement().equals(blob.blob().placement())) {
          throw damage(blob.blob(), "are missing", e);
        }
        blob = again;
      }
    }
  }

  private SeekableByteChannel openWhole(StoredBlob blob) throws IOException {
    SeekableByteChannel channel = data.open(blob.placement());
    try {
      if (channel.size() != blob.size()) {
        throw damage(blob, "are " + channel.size() + " and not " + blob.size(), null);
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      try (channel) {
        throw e;
      }
    }
  }

  private static IOException damage(StoredBlob blob, String what, @Nullable Throwable cause) {
    return new IOException("the bytes of blob " + blob.digest() + " " + what, cause);
  }
}
