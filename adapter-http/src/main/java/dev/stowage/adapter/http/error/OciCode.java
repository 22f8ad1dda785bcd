package dev.stowage.adapter.http.error;

/**
 * The codes that an error body names.
 *
 * <p>All but the last two are the closed list of the specification. Those two stand for failures of
 * this side, for which the list has nothing, and never come with a status below 500.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#error-codes">
 *     OCI distribution specification, error codes</a>
 */
public enum OciCode {
  BLOB_UNKNOWN,
  BLOB_UPLOAD_INVALID,
  BLOB_UPLOAD_UNKNOWN,
  DIGEST_INVALID,
  MANIFEST_BLOB_UNKNOWN,
  MANIFEST_INVALID,
  MANIFEST_UNKNOWN,
  NAME_INVALID,
  NAME_UNKNOWN,
  SIZE_INVALID,
  UNAUTHORIZED,
  DENIED,
  UNSUPPORTED,
  TOOMANYREQUESTS,
  /** The registry cannot serve now. */
  UNAVAILABLE,
  /** The registry failed. */
  UNKNOWN
}
