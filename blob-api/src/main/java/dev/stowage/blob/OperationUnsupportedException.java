package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The operation is switched off here. */
public final class OperationUnsupportedException extends StowageException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal of an operation.
   *
   * @param message what is switched off
   */
  public OperationUnsupportedException(String message) {
    super(ErrorKind.UNSUPPORTED, message);
  }
}
