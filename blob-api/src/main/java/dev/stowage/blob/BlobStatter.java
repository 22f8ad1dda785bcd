package dev.stowage.blob;

import java.io.IOException;

/** Tells what is known of a blob. */
public interface BlobStatter {
  /**
   * The descriptor of a blob. No content is touched.
   *
   * @param digest any digest that is known to name the blob
   * @return the descriptor, which carries the canonical digest
   * @throws BlobUnknownException if there is no such blob
   * @throws IOException if the metadata cannot be read
   */
  Descriptor stat(Digest digest) throws IOException;
}
