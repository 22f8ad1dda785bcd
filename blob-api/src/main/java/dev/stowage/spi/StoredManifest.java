package dev.stowage.spi;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The fact that a repository holds a manifest, and the manifest itself.
 *
 * @param descriptor its media type, size and canonical digest
 * @param pushedWith the digest that it was last pushed with
 * @param content its exact bytes; every call gives a read-only view of its own
 * @param review from when on the collector may remove it, if it is marked for that: then, and only
 *     then, it stands on the review queue
 */
public record StoredManifest(
    Descriptor descriptor, Digest pushedWith, ByteBuffer content, Optional<StoreTime> review) {
  /** Keeps a read-only view of the bytes. */
  public StoredManifest {
    content = content.asReadOnlyBuffer();
  }

  /** A manifest that is not up for review. */
  public StoredManifest(Descriptor descriptor, Digest pushedWith, ByteBuffer content) {
    this(descriptor, pushedWith, content, Optional.empty());
  }

  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }

  /** The same manifest, up for review from a moment on, or not. */
  public StoredManifest withReview(Optional<StoreTime> due) {
    return new StoredManifest(descriptor, pushedWith, content, due);
  }
}
