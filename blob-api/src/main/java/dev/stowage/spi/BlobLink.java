package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.util.Optional;

/**
 * The fact that a repository holds a blob.
 *
 * @param digest the blob's canonical digest
 * @param mediaType what it is, in this repository's view
 * @param review from when on the collector may remove the link, if it is marked for that: then, and
 *     only then, it stands on the review queue
 */
public record BlobLink(Digest digest, MediaType mediaType, Optional<StoreTime> review) {
  /** A link that is not up for review. */
  public BlobLink(Digest digest, MediaType mediaType) {
    this(digest, mediaType, Optional.empty());
  }

  /** The same link, seen as another media type. */
  public BlobLink as(MediaType other) {
    return new BlobLink(digest, other, review);
  }

  /** The same link, up for review from a moment on. */
  public BlobLink reviewedFrom(StoreTime due) {
    return new BlobLink(digest, mediaType, Optional.of(due));
  }

  /** The same link, not up for review. */
  public BlobLink unmarked() {
    return new BlobLink(digest, mediaType);
  }
}
