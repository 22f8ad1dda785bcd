package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The document is no manifest of its media type, or contradicts itself or what is stored. */
public final class ManifestInvalidException extends StowageException {
  private static final long serialVersionUID = 1L;

  /**
   * A refusal of a document.
   *
   * @param reason what is wrong, and what was expected; parts of the document are quoted only where
   *     they are short and harmless
   */
  public ManifestInvalidException(String reason) {
    super(ErrorKind.MANIFEST_INVALID, reason);
  }
}
