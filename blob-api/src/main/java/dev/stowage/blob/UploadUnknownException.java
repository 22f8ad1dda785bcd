package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/**
 * No such upload: never begun, committed, cancelled, lost with the machine's last boot, or another
 * repository's or caller's.
 */
public final class UploadUnknownException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient UploadId id;

  /** A refusal for want of an upload. */
  public UploadUnknownException(UploadId id) {
    super(ErrorKind.UPLOAD_UNKNOWN, "no upload " + id + " is open in this repository");
    this.id = id;
  }

  /** The upload that was asked for. */
  public UploadId id() {
    return id;
  }
}
