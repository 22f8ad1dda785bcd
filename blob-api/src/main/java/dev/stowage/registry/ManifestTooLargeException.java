package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The document has more bytes than the registry takes. */
public final class ManifestTooLargeException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final long limit;

  /**
   * A refusal for size.
   *
   * @param limit the most bytes that a manifest may have
   */
  public ManifestTooLargeException(long limit) {
    super(ErrorKind.MANIFEST_TOO_LARGE, "a manifest has at most " + limit + " bytes here");
    this.limit = limit;
  }

  /** The most bytes that a manifest may have. */
  public long limit() {
    return limit;
  }
}
