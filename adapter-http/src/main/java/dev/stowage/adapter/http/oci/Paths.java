package dev.stowage.adapter.http.oci;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;

/**
 * Where things are, for Location fields: always a path, never a host, so that nothing that a client
 * or a proxy says of hosts can come back. Names and digests need no encoding.
 */
final class Paths {
  private Paths() {}

  static String blob(RepositoryName name, Digest digest) {
    return "/v2/" + name + "/blobs/" + digest;
  }

  static String upload(RepositoryName name, UploadId id) {
    return "/v2/" + name + "/blobs/uploads/" + id;
  }

  static String manifest(RepositoryName name, Digest digest) {
    return "/v2/" + name + "/manifests/" + digest;
  }
}
