package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The store holds the blob already: there is nothing to upload. */
public final class BlobExistsException extends StowageException {
  private static final long serialVersionUID = 1L;

  private final transient Descriptor descriptor;

  /** A refusal of an upload whose result is there. */
  public BlobExistsException(Descriptor descriptor) {
    super(ErrorKind.BLOB_EXISTS, "blob " + descriptor.digest() + " is here already");
    this.descriptor = descriptor;
  }

  /** The blob that is there. */
  public Descriptor descriptor() {
    return descriptor;
  }
}
