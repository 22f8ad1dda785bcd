package dev.stowage.blob;

import java.io.IOException;

/** Keeps what is known of blobs besides their bytes: further digests, and media types. */
public interface BlobDescriptorService extends BlobStatter {
  /**
   * Says that a digest names the content of a descriptor, and what that content is.
   *
   * <p>A digest of another algorithm becomes an alias, which belongs to the content and goes with
   * it; the bytes are read and digested unless the alias is known already. The media type is this
   * repository's own view of the content.
   *
   * @param digest the canonical digest, or one of another algorithm
   * @param descriptor the canonical descriptor of a blob that is here
   * @throws BlobUnknownException if the descriptor's blob is not here
   * @throws InvalidLengthException if the descriptor's size is not the blob's
   * @throws InvalidDigestException if the digest does not name the blob's bytes
   * @throws IOException if the content cannot be read or the fact cannot be made durable
   */
  void setDescriptor(Digest digest, Descriptor descriptor) throws IOException;

  /**
   * Forgets the repository's own media type of a blob, and, where the digest is an alias, the alias
   * too unless another repository holds the content.
   *
   * @throws BlobUnknownException if there is no such blob here
   * @throws IOException if the change cannot be made durable
   */
  void clear(Digest digest) throws IOException;
}
