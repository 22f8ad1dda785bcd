package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;
import dev.stowage.blob.Digest;
import java.util.List;

/** The manifest refers to blobs or manifests that its repository does not hold. */
public final class ManifestReferenceUnknownException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient List<Digest> missing;

  /**
   * A refusal for want of content.
   *
   * @param missing what is not here, at least one digest
   */
  public ManifestReferenceUnknownException(List<Digest> missing) {
    super(
        ErrorKind.MANIFEST_REFERENCE_UNKNOWN,
        "the manifest refers to "
            + missing.size()
            + (missing.size() == 1 ? " blob or manifest" : " blobs or manifests")
            + " that this repository does not hold: "
            + missing.get(0)
            + (missing.size() == 1 ? "" : ", …"));
    this.missing = List.copyOf(missing);
  }

  /** What the repository does not hold. */
  public List<Digest> missing() {
    return missing;
  }
}
