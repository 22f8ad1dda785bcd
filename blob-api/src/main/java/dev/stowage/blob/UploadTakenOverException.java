package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** A newer request writes to this upload: this writer can no longer touch it. */
public final class UploadTakenOverException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient UploadId id;
  private final long size;

  /**
   * A refusal of an older writer.
   *
   * @param id the upload, which goes on in other hands
   * @param size the number of bytes that the upload holds now
   */
  public UploadTakenOverException(UploadId id, long size) {
    super(ErrorKind.UPLOAD_TAKEN_OVER, "a newer request has taken upload " + id + " over");
    this.id = id;
    this.size = size;
  }

  /** The upload. */
  public UploadId id() {
    return id;
  }

  /** The number of bytes that the upload held when this writer was told. */
  public long size() {
    return size;
  }
}
