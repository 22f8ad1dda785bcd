package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The store holds no blob of this digest, as far as this caller may see. */
public final class BlobUnknownException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient Digest digest;

  /** A refusal for want of a blob. */
  public BlobUnknownException(Digest digest) {
    super(ErrorKind.BLOB_UNKNOWN, "no blob " + digest + " in this repository");
    this.digest = digest;
  }

  /** The digest that was asked for. */
  public Digest digest() {
    return digest;
  }
}
