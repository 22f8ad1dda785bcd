package dev.stowage.blob;

import java.io.IOException;

/** Decides how a blob is delivered. */
public interface BlobServer {
  /**
   * What to deliver for a digest. No bytes are read yet, but they are known to be there in their
   * full length.
   *
   * @param digest any digest that is known to name the blob
   * @return the delivery, which the caller closes
   * @throws BlobUnknownException if there is no such blob
   * @throws IOException if the content or the metadata cannot be read
   */
  BlobDelivery serve(Digest digest) throws IOException;
}
