package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** A chunk does not begin where the upload stands; nothing of it was taken. */
public final class ChunkOutOfOrderException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient UploadId id;
  private final long expected;
  private final long actual;

  /**
   * A refusal of a chunk.
   *
   * @param id the upload, which stays open
   * @param expected the offset at which the upload stands
   * @param actual the offset at which the chunk begins
   */
  public ChunkOutOfOrderException(UploadId id, long expected, long actual) {
    super(
        ErrorKind.CHUNK_OUT_OF_ORDER,
        "the chunk begins at byte " + actual + ", the upload goes on at byte " + expected);
    this.id = id;
    this.expected = expected;
    this.actual = actual;
  }

  /** The upload, which stays open. */
  public UploadId id() {
    return id;
  }

  /** The offset at which the upload goes on: the number of bytes received so far. */
  public long expected() {
    return expected;
  }

  /** The offset at which the refused chunk began. */
  public long actual() {
    return actual;
  }
}
