package dev.stowage.registry;

import dev.stowage.blob.BlobDescriptorService;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One repository, as its caller may use it. It comes into being with the first blob or manifest
 * that is stored or mounted in it; until then it is empty.
 */
public interface Repository {
  /** The repository's name. */
  RepositoryName name();

  /** The blobs that this repository links. */
  BlobStore blobs();

  /** What this repository knows of its blobs besides their bytes. */
  BlobDescriptorService descriptors();

  /** The manifests. */
  Manifests manifests();

  /** The tags. */
  Tags tags();

  /** The manifests by their subjects. */
  Referrers referrers();

  /**
   * Links a blob that another repository holds. No bytes are moved. The caller must have made sure
   * that the one who asks may read the source.
   *
   * @param digest any digest that is known to name the blob
   * @param from the repository that holds it
   * @return its descriptor here, or nothing if {@code from} does not hold it
   * @throws IOException if the link cannot be made durable
   */
  Optional<Descriptor> mount(Digest digest, RepositoryName from) throws IOException;

  /**
   * Links a blob that some repository holds.
   *
   * @param digest any digest that is known to name the blob
   * @param readable which repositories the one who asks may read; it is asked of a bounded number
   *     of them
   * @return its descriptor here, or nothing if no readable repository was found to hold it
   * @throws IOException if the link cannot be made durable
   */
  Optional<Descriptor> mount(Digest digest, Predicate<RepositoryName> readable) throws IOException;

  /**
   * The descriptors of the blobs, ordered by digest.
   *
   * @param after the canonical digest after which the page begins
   * @param limit the most items on the page, at least 0
   * @throws IOException if the metadata cannot be read
   */
  Page<Descriptor> listBlobs(Optional<Digest> after, int limit) throws IOException;
}
