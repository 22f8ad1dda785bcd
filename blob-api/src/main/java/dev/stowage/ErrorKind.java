package dev.stowage;

/**
 * The closed set of reasons for which a request is refused.
 *
 * <p>A kind says whose fault it was and what a protocol should answer; the facts of the single case
 * are fields of the {@link StowageException} that carries it.
 */
public enum ErrorKind {
  /** The repository holds this blob already, so there is nothing to upload. */
  BLOB_EXISTS,
  /** The repository holds no such blob. */
  BLOB_UNKNOWN,
  /** The bytes are not those that the digest names, or the text is not a digest. */
  DIGEST_INVALID,
  /** A well-formed digest of an algorithm that is not supported. */
  DIGEST_UNSUPPORTED,
  /** The number of bytes is not the one that was announced. */
  LENGTH_INVALID,
  /** A chunk does not begin where the upload stands. */
  CHUNK_OUT_OF_ORDER,
  /** No such upload is open for this caller in this repository. */
  UPLOAD_UNKNOWN,
  /** A newer request has taken the upload over. */
  UPLOAD_TAKEN_OVER,
  /** The operation is switched off. */
  UNSUPPORTED,
  /** What was to be deleted is needed by a manifest of the same repository. */
  REFERENCED,
  /** The document is no manifest, or contradicts itself or what is stored. */
  MANIFEST_INVALID,
  /** The document is larger than the limit. */
  MANIFEST_TOO_LARGE,
  /** The manifest refers to content that the repository does not hold. */
  MANIFEST_REFERENCE_UNKNOWN,
  /** The repository holds no such manifest. */
  MANIFEST_UNKNOWN,
  /** The text is not a repository name. */
  NAME_INVALID,
  /** There is no such repository. */
  NAME_UNKNOWN,
  /** The text is not a tag. */
  TAG_INVALID,
  /** The text is not a media type. */
  MEDIA_TYPE_INVALID,
  /** The whole content is larger than the caller was ready to take. */
  CONTENT_TOO_LARGE
}
