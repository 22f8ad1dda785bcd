package dev.stowage.registry;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.nio.ByteBuffer;

/**
 * A manifest as it was pushed.
 *
 * @param name the digest that answers for it: in the algorithm that was asked for, or the one that
 *     the tag was pushed with
 * @param descriptor its media type, size and canonical digest
 * @param content its exact bytes; every call gives a read-only view of its own
 */
public record Manifest(Digest name, Descriptor descriptor, ByteBuffer content) {
  /** Keeps a read-only view of the bytes. */
  public Manifest {
    content = content.asReadOnlyBuffer();
  }

  @Override
  public ByteBuffer content() {
    return content.duplicate();
  }
}
