package dev.stowage.spi;

import java.io.IOException;

/** A change is refused since the medium failed and has not recovered yet. */
public final class StoreReadOnlyException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what failed, for a person to read. */
  public StoreReadOnlyException(String reason) {
    super(reason);
  }
}
