package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The content is larger than the caller was ready to hold in memory. */
public final class ContentTooLargeException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final long size;
  private final long limit;

  /** A refusal of content of {@code size} bytes where {@code limit} bytes were allowed. */
  public ContentTooLargeException(long size, long limit) {
    super(
        ErrorKind.CONTENT_TOO_LARGE,
        "the content has " + size + " bytes, at most " + limit + " were asked for");
    this.size = size;
    this.limit = limit;
  }

  /** The content's size in bytes. */
  public long size() {
    return size;
  }

  /** The most that the caller would take, in bytes. */
  public long limit() {
    return limit;
  }
}
