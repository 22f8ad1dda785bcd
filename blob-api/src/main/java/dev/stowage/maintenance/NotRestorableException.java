package dev.stowage.maintenance;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** What was to be restored is not remembered, or something that it needs is gone. */
public final class NotRestorableException extends StowageException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal to restore.
   *
   * @param reason what is missing, in plain words
   */
  public NotRestorableException(String reason) {
    super(ErrorKind.MANIFEST_UNKNOWN, reason);
  }
}
