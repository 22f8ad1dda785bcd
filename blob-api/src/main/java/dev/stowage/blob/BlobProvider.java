package dev.stowage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Gives out a blob's bytes. */
public interface BlobProvider {
  /**
   * The whole content, in memory.
   *
   * @param digest any digest that is known to name the blob
   * @param limit the most bytes that the caller will take
   * @return the bytes, from position 0 to the limit of a buffer that is the caller's own
   * @throws BlobUnknownException if there is no such blob
   * @throws ContentTooLargeException if it has more than {@code limit} bytes; nothing is read
   * @throws IOException if the content or the metadata cannot be read
   */
  ByteBuffer get(Digest digest, int limit) throws IOException;

  /**
   * Opens the content for reading from any position. The channel stays readable while the blob is
   * deleted under it; it belongs to one thread at a time, and closing it is the caller's duty.
   *
   * @param digest any digest that is known to name the blob
   * @throws BlobUnknownException if there is no such blob
   * @throws IOException if the content or the metadata cannot be read
   */
  SeekableByteChannel open(Digest digest) throws IOException;
}
