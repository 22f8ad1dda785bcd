package dev.stowage.core.migrate;

import dev.stowage.blob.Digest;

/** How the files of an OCI image layout are called. */
final class LayoutNames {
  static final String MARKER = "oci-layout";
  static final String INDEX = "index.json";

  private LayoutNames() {}

  /** The file of a digest. */
  static String of(Digest digest) {
    return "blobs/" + digest.algorithm().token() + "/" + digest.hex();
  }
}
