package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * Keeps facts, in transactions. Safe for use by any number of threads.
 *
 * <p>Transactions are serializable: there is an order of all writing transactions such that each
 * one sees exactly what those before it left, lists and absent facts included, and every reading
 * transaction sees what some beginning of that order left. A transaction that begins after another
 * one's {@link #write} has returned sees that one's changes.
 */
public interface MetadataStore extends Closeable {
  /** A function over the facts, which changes nothing. */
  @FunctionalInterface
  interface Reading<T> {
    /** Computes a result; what it throws is thrown by {@link MetadataStore#read}. */
    T in(FactReader facts) throws IOException;
  }

  /**
   * A function that changes facts. It may be run more than once, and so has no other effect. It
   * does not call the store itself, and waits for nobody.
   */
  @FunctionalInterface
  interface Writing<T> {
    /**
     * Changes facts and computes a result; what it throws is thrown by {@link MetadataStore#write},
     * and then nothing is changed.
     */
    T in(FactWriter facts) throws IOException;
  }

  /**
   * Runs a function over a consistent snapshot of the facts.
   *
   * @throws IOException if the facts cannot be read
   */
  <T> T read(Reading<T> transaction) throws IOException;

  /**
   * Runs a function that changes facts: all of its changes or none, durable when this returns. What
   * it returns relies on durable facts only. An interrupt does not stop a commit under way.
   *
   * @throws IOException if the facts cannot be read, or the changes cannot be made durable; it is
   *     then unknown whether they will be there after the store was reopened
   */
  <T> T write(Writing<T> transaction) throws IOException;

  /**
   * What a tag points at: one fact, at some moment during the call.
   *
   * @throws IOException if the facts cannot be read
   */
  default Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
    return read(facts -> facts.tag(repository, tag));
  }

  /**
   * A manifest by its canonical digest: one fact, at some moment during the call.
   *
   * @throws IOException if the facts cannot be read
   */
  default Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    return read(facts -> facts.manifest(repository, digest));
  }

  /**
   * A blob as a repository links it, by canonical digest: one fact, at some moment during the call.
   *
   * @throws IOException if the facts cannot be read
   */
  default Optional<LinkedBlob> linkedBlob(RepositoryName repository, Digest digest)
      throws IOException {
    return read(
        facts -> {
          Optional<BlobLink> link = facts.link(repository, digest);
          return link.isEmpty()
              ? Optional.empty()
              : facts.blob(digest).map(blob -> new LinkedBlob(link.get(), blob));
        });
  }

  /**
   * The canonical digest that an alias stands for: one fact, at some moment during the call.
   *
   * @throws IOException if the facts cannot be read
   */
  default Optional<Digest> aliasTarget(Digest alias) throws IOException {
    return read(facts -> facts.aliasTarget(alias));
  }

  /** How the medium is now; cheap, never blocks. */
  Health health();
}
