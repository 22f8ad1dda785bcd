package dev.stowage.adapter.http.oci;

/** Header fields of the protocol that are none of HTTP's. */
final class Fields {
  static final String CONTENT_DIGEST = "Docker-Content-Digest";
  static final String UPLOAD_UUID = "Docker-Upload-UUID";
  static final String SUBJECT = "OCI-Subject";
  static final String TAG = "OCI-Tag";
  static final String FILTERS_APPLIED = "OCI-Filters-Applied";

  private Fields() {}
}
