package dev.stowage.adapter.http.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.ContentTooLargeException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.OperationUnsupportedException;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.NameInvalidException;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private static final Digest A = Digest.parse("sha256:" + "a".repeat(64));
  private static final Digest B = Digest.parse("sha256:" + "b".repeat(64));
  private static final UploadId ID = UploadId.random();

  private static StowageException thrownBy(Runnable refused) {
    try {
      refused.run();
    } catch (StowageException e) {
      return e;
    }
    throw new AssertionError("nothing was thrown");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            new BlobExistsException(new Descriptor(MediaType.OCTET_STREAM, 1, A)),
            409,
            "UNSUPPORTED",
            Map.of("digest", A.toString())),
        Arguments.of(
            new BlobUnknownException(A), 404, "BLOB_UNKNOWN", Map.of("digest", A.toString())),
        Arguments.of(
            InvalidDigestException.mismatch(A, B),
            400,
            "DIGEST_INVALID",
            Map.of(
                "reason",
                "the content has another digest",
                "expected",
                A.toString(),
                "actual",
                B.toString())),
        Arguments.of(
            InvalidDigestException.missing("give one"),
            400,
            "DIGEST_INVALID",
            Map.of("reason", "give one")),
        Arguments.of(
            new DigestUnsupportedException("md5"),
            400,
            "DIGEST_INVALID",
            Map.of("algorithm", "md5")),
        Arguments.of(
            new InvalidLengthException(5, 3),
            400,
            "SIZE_INVALID",
            Map.of("expected", "5", "actual", "3")),
        Arguments.of(
            new ChunkOutOfOrderException(ID, 5, 3),
            416,
            "BLOB_UPLOAD_INVALID",
            Map.of("expected", "5", "actual", "3")),
        Arguments.of(
            new UploadUnknownException(ID),
            404,
            "BLOB_UPLOAD_UNKNOWN",
            Map.of("upload", ID.toString())),
        Arguments.of(
            new UploadTakenOverException(ID, 5),
            416,
            "BLOB_UPLOAD_INVALID",
            Map.of("upload", ID.toString())),
        Arguments.of(
            new OperationUnsupportedException("deletion is switched off"),
            405,
            "UNSUPPORTED",
            Map.of()),
        Arguments.of(
            new ReferencedException(A, B),
            405,
            "UNSUPPORTED",
            Map.of("digest", A.toString(), "referrer", B.toString())),
        Arguments.of(new ManifestInvalidException("no JSON"), 400, "MANIFEST_INVALID", Map.of()),
        Arguments.of(new ManifestTooLargeException(7), 413, "SIZE_INVALID", Map.of("limit", "7")),
        Arguments.of(
            new ManifestReferenceUnknownException(List.of(A, B)),
            400,
            "MANIFEST_BLOB_UNKNOWN",
            Map.of("missing", A + " " + B)),
        Arguments.of(
            new ManifestUnknownException(Reference.of(new Tag("v1"))),
            404,
            "MANIFEST_UNKNOWN",
            Map.of("reference", "v1")),
        Arguments.of(
            new NameInvalidException("A", "lower case"), 400, "NAME_INVALID", Map.of("name", "A")),
        Arguments.of(
            new NameUnknownException(new RepositoryName("a")),
            404,
            "NAME_UNKNOWN",
            Map.of("name", "a")),
        Arguments.of(thrownBy(() -> new Tag(".x")), 400, "MANIFEST_INVALID", Map.of("tag", ".x")),
        Arguments.of(thrownBy(() -> new MediaType("x")), 400, "MANIFEST_INVALID", Map.of()),
        Arguments.of(
            new ContentTooLargeException(9, 7), 413, "SIZE_INVALID", Map.of("limit", "7")));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void tellsARefusalWithItsFacts(
      StowageException refusal, int status, String code, Map<String, String> detail) {
    ErrorAnswer answer = Failures.answer(refusal, "GET /");
    assertEquals(status, answer.status());
    assertEquals(code, answer.code().name());
    assertEquals(refusal.getMessage(), answer.message());
    assertEquals(detail, answer.detail());
  }

  @Test
  void hasAnAnswerForEveryKind() {
    List<ErrorKind> tested =
        refusals().map(a -> ((StowageException) a.get()[0]).kind()).distinct().sorted().toList();
    assertEquals(List.of(ErrorKind.values()), tested);
  }

  @Test
  void namesOnlySomeOfVeryManyMissingDigests() {
    StowageException refusal =
        new ManifestReferenceUnknownException(Collections.nCopies(100_000, A));
    String missing = String.valueOf(Failures.answer(refusal, "PUT /").detail().get("missing"));
    assertTrue(missing.length() < 10_000, () -> missing.length() + " characters");
    assertTrue(missing.endsWith(" …"));
  }
}
