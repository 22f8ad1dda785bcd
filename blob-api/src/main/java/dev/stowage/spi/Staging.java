package dev.stowage.spi;

import dev.stowage.blob.UploadId;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that are being received: appended, read back, cut back, and then placed or discarded.
 *
 * <p>A staging outlives its channel and a kill of the process, but not a boot of the machine. It is
 * used by one thread at a time.
 */
public interface Staging extends Closeable {
  /** The upload that the bytes belong to. */
  UploadId id();

  /** How many bytes there are. */
  long size();

  /**
   * Appends all remaining bytes.
   *
   * @throws IOException if not all could be written; some may have been, and {@link #size} tells
   *     how far
   */
  void write(ByteBuffer source) throws IOException;

  /**
   * Reads bytes back.
   *
   * @param target where they go; as many as are there and fit are read
   * @param position the offset of the first one
   * @return how many were read; -1 at the end
   * @throws IOException if they cannot be read
   */
  int read(ByteBuffer target, long position) throws IOException;

  /**
   * Cuts the bytes back to a smaller size.
   *
   * @throws IOException if that fails; the staging is then good for nothing but {@link #discard}
   */
  void truncate(long size) throws IOException;

  /** What must be handed to {@link BlobData#reopen} besides the id. */
  StagingState state();

  /**
   * Removes the bytes. A second call, or one after the staging was placed, does nothing.
   *
   * @throws IOException if the bytes could not be removed; the staging is closed all the same
   */
  void discard() throws IOException;

  /**
   * Gives up the channel and keeps the bytes. What was written is forced to the medium first, since
   * a later channel would not hear of this one's errors. A second call does nothing.
   *
   * @throws IOException if the force failed: the bytes are then discarded, since a second force
   *     could succeed with bytes lost
   */
  @Override
  void close() throws IOException;
}
