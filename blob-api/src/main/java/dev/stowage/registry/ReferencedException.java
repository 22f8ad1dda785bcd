package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;
import dev.stowage.blob.Digest;

/** What was to be deleted is needed by a manifest of the same repository. */
public final class ReferencedException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient Digest digest;
  private final transient Digest referrer;

  /**
   * A refusal of a deletion.
   *
   * @param digest what was to be deleted
   * @param referrer a manifest that needs it
   */
  public ReferencedException(Digest digest, Digest referrer) {
    super(
        ErrorKind.REFERENCED,
        digest + " is needed by manifest " + referrer + "; delete that one first");
    this.digest = digest;
    this.referrer = referrer;
  }

  /** What was to be deleted. */
  public Digest digest() {
    return digest;
  }

  /** A manifest of the same repository that needs it. */
  public Digest referrer() {
    return referrer;
  }
}
