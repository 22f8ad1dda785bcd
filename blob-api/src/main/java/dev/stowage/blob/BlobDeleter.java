package dev.stowage.blob;

import java.io.IOException;

/** Removes blobs. */
public interface BlobDeleter {
  /**
   * Removes a blob. It is unknown here as soon as this returns; its bytes go when no other
   * repository holds it.
   *
   * @param digest any digest that is known to name the blob
   * @throws BlobUnknownException if there is no such blob
   * @throws OperationUnsupportedException if deletion is switched off
   * @throws dev.stowage.registry.ReferencedException if a manifest of the same repository needs it
   * @throws IOException if the removal cannot be made durable
   */
  void delete(Digest digest) throws IOException;
}
