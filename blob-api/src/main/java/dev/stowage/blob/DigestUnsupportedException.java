package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** A digest or an algorithm name that is well formed, but of an algorithm that is not supported. */
public final class DigestUnsupportedException extends StowageException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTED = 64;

  private final String algorithm;

  /**
   * A refusal of an algorithm.
   *
   * @param algorithm its name as it was given
   */
  public DigestUnsupportedException(String algorithm) {
    super(
        ErrorKind.DIGEST_UNSUPPORTED,
        "digest algorithm \""
            + algorithm.substring(0, Math.min(LONGEST_QUOTED, algorithm.length()))
            + "\" is not supported; sha256 and sha512 are");
    this.algorithm = algorithm;
  }

  /** The algorithm's name as it was given. */
  public String algorithm() {
    return algorithm;
  }
}
