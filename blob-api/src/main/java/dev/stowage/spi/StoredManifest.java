package dev.stowage.spi;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.nio.ByteBuffer;

/**
 * The fact that a repository holds a manifest, and the manifest itself.
 *
 * @param descriptor its media type, size and canonical digest
 * @param pushedWith the digest that it was last pushed with
 * @param content its exact bytes; every call gives a read-only view of its own
 */
public record StoredManifest(Descriptor descriptor, Digest pushedWith, ByteBuffer content) {
  /** Keeps a read-only view of the bytes. */
  public StoredManifest {
    content = content.asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }
}
