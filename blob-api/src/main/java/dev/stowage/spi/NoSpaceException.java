package dev.stowage.spi;

import java.io.IOException;

/** A change is refused, or failed, since the medium is full. */
public final class NoSpaceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what did not fit. */
  public NoSpaceException(String message) {
    super(message);
  }

  /** With what did not fit, and what the medium said. */
  public NoSpaceException(String message, Throwable cause) {
    super(message, cause);
  }
}
