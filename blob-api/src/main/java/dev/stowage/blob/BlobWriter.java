package dev.stowage.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;

/**
 * Writes one blob. Every byte is digested as it passes; {@link #commit} compares.
 *
 * <p>A writer is made by {@link BlobIngester} and used by one thread at a time. Closing it without
 * a commit keeps the upload, so that it can be {@linkplain BlobIngester#resume resumed}. When a
 * newer writer has taken the upload over, every method that would touch it throws {@link
 * UploadTakenOverException}. The upload survives a kill of the process; it may be lost with the
 * machine's power, and is then unknown.
 */
public interface BlobWriter extends WritableByteChannel {
  /** The upload's name. */
  UploadId id();

  /** When the upload was begun. */
  Instant startedAt();

  /** How many bytes the upload holds; the next one goes to this offset. */
  long size();

  /**
   * Appends all remaining bytes of a buffer.
   *
   * @return how many bytes that were
   * @throws UploadTakenOverException if a newer writer holds the upload
   * @throws UploadUnknownException if the upload was committed or cancelled meanwhile
   * @throws IOException if they cannot be written; the upload is then as it was before the call,
   *     unless it cannot be cut back, in which case it is unknown from then on
   */
  @Override
  int write(ByteBuffer source) throws IOException;

  /**
   * Appends all that a channel gives until its end. What came before a failure of the source stays.
   *
   * @return how many bytes that were
   * @throws UploadTakenOverException if a newer writer holds the upload
   * @throws IOException if the source cannot be read or the bytes cannot be written
   */
  long transferFrom(ReadableByteChannel source) throws IOException;

  /**
   * Appends one chunk, whole or not at all.
   *
   * @param source the chunk's bytes
   * @param offset where in the content the chunk begins
   * @param length how many bytes it has
   * @throws ChunkOutOfOrderException if the upload stands at another offset; nothing is read
   * @throws InvalidLengthException if the source has more or fewer bytes; none of them is kept
   * @throws UploadTakenOverException if a newer writer holds the upload
   * @throws IOException if the source cannot be read or the bytes cannot be written; none of them
   *     is kept
   */
  void transferFrom(ReadableByteChannel source, long offset, long length) throws IOException;

  /**
   * Makes what was written a blob, durably: when this returns, the blob survives a loss of power.
   * The writer is then closed and the upload is gone. A refused commit leaves the upload as it was.
   *
   * @return the blob's descriptor, with its canonical digest
   * @throws InvalidLengthException if the size is not the claimed one
   * @throws InvalidDigestException if the digest is not the claimed one
   * @throws UploadTakenOverException if a newer writer holds the upload
   * @throws UploadUnknownException if the upload was committed or cancelled meanwhile
   * @throws IOException if what was written cannot be read again, which a digest of another
   *     algorithm may need, and then the upload is as it was; or if it cannot be made durable, and
   *     then the upload is unknown
   */
  Descriptor commit(Provisional claim) throws IOException;

  /**
   * Ends the upload and discards its bytes. May be called any number of times, also after a commit,
   * and then does nothing.
   *
   * @throws UploadTakenOverException if a newer writer holds the upload
   * @throws IOException if the bytes cannot be discarded; the upload is unknown all the same
   */
  void cancel() throws IOException;

  /** Ends the use of this writer and keeps the upload. A second call does nothing. */
  @Override
  void close() throws IOException;
}
