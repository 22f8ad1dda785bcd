package dev.stowage.spi;

import dev.stowage.blob.Descriptor;

/**
 * A blob as a repository holds it: the link and what it leads to.
 *
 * @param link the repository's link
 * @param blob the stored blob
 */
public record LinkedBlob(BlobLink link, StoredBlob blob) {
  /** The descriptor, with the repository's own media type. */
  public Descriptor descriptor() {
    return new Descriptor(link.mediaType(), blob.size(), blob.digest());
  }
}
