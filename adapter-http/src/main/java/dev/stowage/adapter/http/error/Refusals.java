package dev.stowage.adapter.http.error;

import static dev.stowage.adapter.http.error.OciCode.BLOB_UNKNOWN;
import static dev.stowage.adapter.http.error.OciCode.BLOB_UPLOAD_INVALID;
import static dev.stowage.adapter.http.error.OciCode.BLOB_UPLOAD_UNKNOWN;
import static dev.stowage.adapter.http.error.OciCode.DIGEST_INVALID;
import static dev.stowage.adapter.http.error.OciCode.MANIFEST_BLOB_UNKNOWN;
import static dev.stowage.adapter.http.error.OciCode.MANIFEST_INVALID;
import static dev.stowage.adapter.http.error.OciCode.MANIFEST_UNKNOWN;
import static dev.stowage.adapter.http.error.OciCode.NAME_INVALID;
import static dev.stowage.adapter.http.error.OciCode.NAME_UNKNOWN;
import static dev.stowage.adapter.http.error.OciCode.SIZE_INVALID;
import static dev.stowage.adapter.http.error.OciCode.UNSUPPORTED;

import dev.stowage.StowageException;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.ContentTooLargeException;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.NameInvalidException;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.TagInvalidException;
import java.util.List;

/** The registry's refusals as answers. */
final class Refusals {
  private static final int MOST_MISSING_NAMED = 100;

  private Refusals() {}

  /** What a client is told of a refusal. A new kind does not compile until it has an answer. */
  static ErrorAnswer answer(StowageException refusal) {
    return switch (refusal.kind()) {
      case BLOB_EXISTS ->
          answer(409, UNSUPPORTED, refusal)
              .with("digest", as(BlobExistsException.class, refusal).descriptor().digest());
      case BLOB_UNKNOWN ->
          answer(404, BLOB_UNKNOWN, refusal)
              .with("digest", as(BlobUnknownException.class, refusal).digest());
      case DIGEST_INVALID -> invalidDigest(as(InvalidDigestException.class, refusal));
      case DIGEST_UNSUPPORTED ->
          answer(400, DIGEST_INVALID, refusal)
              .with("algorithm", as(DigestUnsupportedException.class, refusal).algorithm());
      case LENGTH_INVALID ->
          answer(400, SIZE_INVALID, refusal)
              .with("expected", as(InvalidLengthException.class, refusal).expected())
              .with("actual", as(InvalidLengthException.class, refusal).actual());
      case CHUNK_OUT_OF_ORDER ->
          answer(416, BLOB_UPLOAD_INVALID, refusal)
              .with("expected", as(ChunkOutOfOrderException.class, refusal).expected())
              .with("actual", as(ChunkOutOfOrderException.class, refusal).actual());
      case UPLOAD_UNKNOWN ->
          answer(404, BLOB_UPLOAD_UNKNOWN, refusal)
              .with("upload", as(UploadUnknownException.class, refusal).id());
      case UPLOAD_TAKEN_OVER ->
          answer(416, BLOB_UPLOAD_INVALID, refusal)
              .with("upload", as(UploadTakenOverException.class, refusal).id());
      case UNSUPPORTED -> answer(405, UNSUPPORTED, refusal);
      case REFERENCED ->
          answer(405, UNSUPPORTED, refusal)
              .with("digest", as(ReferencedException.class, refusal).digest())
              .with("referrer", as(ReferencedException.class, refusal).referrer());
      case MANIFEST_INVALID, MEDIA_TYPE_INVALID -> answer(400, MANIFEST_INVALID, refusal);
      case MANIFEST_TOO_LARGE ->
          answer(413, SIZE_INVALID, refusal)
              .with("limit", as(ManifestTooLargeException.class, refusal).limit());
      case MANIFEST_REFERENCE_UNKNOWN ->
          answer(400, MANIFEST_BLOB_UNKNOWN, refusal)
              .with(
                  "missing", some(as(ManifestReferenceUnknownException.class, refusal).missing()));
      case MANIFEST_UNKNOWN ->
          answer(404, MANIFEST_UNKNOWN, refusal)
              .with("reference", as(ManifestUnknownException.class, refusal).reference());
      case NAME_INVALID ->
          answer(400, NAME_INVALID, refusal)
              .with("name", as(NameInvalidException.class, refusal).name());
      case NAME_UNKNOWN ->
          answer(404, NAME_UNKNOWN, refusal)
              .with("name", as(NameUnknownException.class, refusal).name());
      case TAG_INVALID ->
          answer(400, MANIFEST_INVALID, refusal)
              .with("tag", as(TagInvalidException.class, refusal).tag());
      case CONTENT_TOO_LARGE ->
          answer(413, SIZE_INVALID, refusal)
              .with("limit", as(ContentTooLargeException.class, refusal).limit());
    };
  }

  private static ErrorAnswer invalidDigest(InvalidDigestException refusal) {
    ErrorAnswer answer = answer(400, DIGEST_INVALID, refusal).with("reason", refusal.reason());
    if (refusal.expected().isPresent()) {
      answer = answer.with("expected", refusal.expected().get());
    }
    if (refusal.actual().isPresent()) {
      answer = answer.with("actual", refusal.actual().get());
    }
    return answer;
  }

  private static ErrorAnswer answer(int status, OciCode code, StowageException refusal) {
    return ErrorAnswer.of(status, code, refusal.getMessage());
  }

  private static <E extends StowageException> E as(Class<E> type, StowageException refusal) {
    return type.cast(refusal);
  }

  private static String some(List<?> missing) {
    StringBuilder text = new StringBuilder();
    for (Object digest : missing.subList(0, Math.min(MOST_MISSING_NAMED, missing.size()))) {
      text.append(text.length() == 0 ? "" : " ").append(digest);
    }
    return text.append(missing.size() > MOST_MISSING_NAMED ? " …" : "").toString();
  }
}
