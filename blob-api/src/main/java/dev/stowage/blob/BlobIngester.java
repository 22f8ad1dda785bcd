package dev.stowage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes content in. */
public interface BlobIngester {
  /**
   * Stores bytes that are in memory. Storing the same bytes again changes nothing.
   *
   * @param mediaType what they are
   * @param content the remaining bytes of a buffer; its position is unchanged
   * @return the stored blob's descriptor
   * @throws IOException if they cannot be stored; nothing is then visible of them
   */
  Descriptor put(MediaType mediaType, ByteBuffer content) throws IOException;

  /**
   * Begins an upload of which nothing is known in advance.
   *
   * @throws IOException if nothing can be written
   */
  BlobWriter create() throws IOException;

  /**
   * Begins an upload whose digest will be of a given algorithm, so that it is computed as the bytes
   * pass.
   *
   * @throws IOException if nothing can be written
   */
  BlobWriter create(DigestAlgorithm algorithm) throws IOException;

  /**
   * Begins an upload of content that the caller can name.
   *
   * @param expected the digest that the content will have
   * @throws BlobExistsException if the content is here already, so that nothing need be sent
   * @throws IOException if nothing can be written
   */
  BlobWriter create(Digest expected) throws IOException;

  /**
   * Goes on with an upload. The new writer takes the upload over: any older one can no longer touch
   * it. A commit under way is waited for, never taken over.
   *
   * @throws UploadUnknownException if there is no such upload here for this caller
   * @throws IOException if what was staged cannot be read
   */
  BlobWriter resume(UploadId id) throws IOException;
}
