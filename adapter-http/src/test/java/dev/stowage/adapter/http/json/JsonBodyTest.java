package dev.stowage.adapter.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestContent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonBodyTest {
  private static final Digest CANONICAL = Digest.parse("sha256:" + "a".repeat(64));
  private static final Digest ALIAS = Digest.parse("sha512:" + "b".repeat(128));
  private static final MediaType IMAGE =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  @Test
  void writesOneErrorWithoutDetail() {
    assertEquals(
        "{\"errors\":[{\"code\":\"NAME_UNKNOWN\",\"message\":\"no such repository\"}]}",
        text(ErrorBody.of("NAME_UNKNOWN", "no such repository")));
  }

  @Test
  void writesSeveralErrorsAndTheirDetailInOrder() {
    Map<String, String> detail = new LinkedHashMap<>();
    detail.put("expected", "5");
    detail.put("actual", "3");

    assertEquals(
        "{\"errors\":[{\"code\":\"SIZE_INVALID\",\"message\":\"m\","
            + "\"detail\":{\"expected\":\"5\",\"actual\":\"3\"}},"
            + "{\"code\":\"BLOB_UNKNOWN\",\"message\":\"n\"}]}",
        text(
            new ErrorBody(
                List.of(
                    new ErrorBody.Item("SIZE_INVALID", "m", detail),
                    new ErrorBody.Item("BLOB_UNKNOWN", "n", Map.of())))));
  }

  @Test
  void escapesWhatAMessageQuotes() {
    assertEquals(
        "{\"errors\":[{\"code\":\"C\",\"message\":\"\\\"\\\\\\n\\u0000 é 世 \uD83D\uDE80\"}]}",
        text(ErrorBody.of("C", "\"\\\n\u0000 é 世 \uD83D\uDE80")));
  }

  @Test
  void writesHalfOfASurrogatePairAsAQuestionMark() {
    assertEquals(
        "{\"errors\":[{\"code\":\"C\",\"message\":\"a?…\"}]}", text(ErrorBody.of("C", "a\uD83D…")));
  }

  @Test
  void anErrorBodyHasAnError() {
    assertThrows(IllegalArgumentException.class, () -> new ErrorBody(List.of()));
  }

  @Test
  void writesTagsInTheirOrder() {
    assertEquals(
        "{\"name\":\"a/b\",\"tags\":[\"v1\",\"latest\"]}",
        text(
            new TagListBody(new RepositoryName("a/b"), List.of(new Tag("v1"), new Tag("latest")))));
  }

  @Test
  void writesEmptyListsAsLists() {
    assertEquals(
        "{\"name\":\"a\",\"tags\":[]}", text(new TagListBody(new RepositoryName("a"), List.of())));
    assertEquals("{\"repositories\":[]}", text(new CatalogBody(List.of())));
    assertEquals(
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
            + "\"manifests\":[]}",
        text(new ReferrersBody(List.of())));
  }

  @Test
  void writesRepositories() {
    assertEquals(
        "{\"repositories\":[\"a\",\"b/c\"]}",
        text(new CatalogBody(List.of(new RepositoryName("a"), new RepositoryName("b/c")))));
  }

  @Test
  void writesReferrersByTheDigestThatTheyWerePushedWith() {
    Descriptor descriptor = new Descriptor(IMAGE, 1L << 40, CANONICAL);

    assertEquals(
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\","
            + "\"manifests\":[{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"digest\":\""
            + ALIAS
            + "\",\"size\":1099511627776,\"artifactType\":\"a/b\","
            + "\"annotations\":{\"k\":\"</script>\"}},"
            + "{\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"digest\":\""
            + CANONICAL
            + "\",\"size\":1099511627776}]}",
        text(
            new ReferrersBody(
                List.of(
                    new Referrer(ALIAS, descriptor, Optional.of("a/b"), Map.of("k", "</script>")),
                    new Referrer(CANONICAL, descriptor, Optional.empty(), Map.of())))));
  }

  @Test
  void writesReferrersThatTheReaderOfManifestsReads() {
    ReferrersBody body =
        new ReferrersBody(
            List.of(
                new Referrer(
                    CANONICAL,
                    new Descriptor(IMAGE, 7, CANONICAL),
                    Optional.of("a/b"),
                    Map.of("\u0000", "\n\"\uD83D\uDE80"))));

    ManifestContent content =
        new JacksonManifestReader().read(body.mediaType(), ByteBuffer.wrap(body.bytes()));

    assertEquals(EdgeRole.CHILD, content.references().get(0).role());
    assertEquals(CANONICAL, content.references().get(0).digest());
  }

  @Test
  void saysWhatItIs() {
    assertEquals("application/json", ErrorBody.of("C", "m").mediaType().value());
    assertEquals("application/json", new CatalogBody(List.of()).mediaType().value());
    assertEquals(
        "application/vnd.oci.image.index.v1+json",
        new ReferrersBody(List.of()).mediaType().value());
  }

  private static String text(JsonBody body) {
    return new String(body.bytes(), StandardCharsets.UTF_8);
  }
}
