package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The repository holds no manifest of this reference. */
public final class ManifestUnknownException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient Reference reference;

  /** A refusal for want of a manifest. */
  public ManifestUnknownException(Reference reference) {
    super(ErrorKind.MANIFEST_UNKNOWN, "no manifest " + reference + " in this repository");
    this.reference = reference;
  }

  /** The reference that was asked for. */
  public Reference reference() {
    return reference;
  }
}
