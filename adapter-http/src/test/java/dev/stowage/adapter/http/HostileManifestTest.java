package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are no manifests. Whatever they are, nothing is stored of them. */
class HostileManifestTest extends ServerTest {
  @AfterEach
  void nothingIsStored() throws IOException {
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
    HttpResponse<byte[]> tags = get("/v2/a/tags/list");
    assertTrue(tags.statusCode() == 404 || text(tags).endsWith("\"tags\":[]}"), text(tags));
  }

  private void assertInvalid(String type, String document) throws IOException {
    assertInvalid(type, bytes(document));
  }

  private void assertInvalid(String type, byte[] document) throws IOException {
    HttpResponse<byte[]> refused = put("/v2/a/manifests/v1", document, "Content-Type", type);
    assertRefused(400, "MANIFEST_INVALID", refused);
    assertTrue(refused.body().length < 2_000, () -> refused.body().length + " bytes");
  }

  private String imageWith(String field) throws IOException {
    return image("a", "v1", "," + field);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "nonsense",
        "null",
        "true",
        "7",
        "[]",
        "[{}]",
        "\"{}\"",
        "{",
        "{}{}",
        "{},",
        "{'a':1}",
        "{\"schemaVersion\":2",
        "\ufeff{}",
        "{}\u0000",
        "\u0000",
        "{\"a\":\"\u0000\"}",
        "{\"a\":1,}",
        "/**/{}",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"schemaVersion\":2}",
      })
  void refusesWhatIsNoDocument(String document) throws IOException {
    assertInvalid(IMAGE, document);
    assertInvalid(INDEX, document);
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    byte[] document = imageWith("\"x\":\"????\"").getBytes(StandardCharsets.ISO_8859_1);
    String text = new String(document, StandardCharsets.ISO_8859_1);
    for (String bad : new String[] {"\u00ff\u00fe??", "\u00c0\u00ae??", "\u00ed\u00a0\u0080?"}) {
      assertInvalid(IMAGE, text.replace("????", bad).getBytes(StandardCharsets.ISO_8859_1));
    }
    assertInvalid(IMAGE, text.getBytes(StandardCharsets.UTF_16));
    assertInvalid(IMAGE, imageWith("\"annotations\":{\"x\":\"\\ud800\"}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"x\":"})
  void refusesNestingAHundredThousandDeep(String open) throws IOException {
    assertInvalid(IMAGE, imageWith("\"x\":" + open.repeat(100_000)));
    assertInvalid(IMAGE, open.repeat(100_000));
  }

  @Test
  void refusesANumberOfThreeMegabytes() throws IOException {
    assertInvalid(IMAGE, imageWith("\"x\":" + "9".repeat(3 << 20)));
    assertInvalid(IMAGE, imageWith("\"x\":0." + "9".repeat(3 << 20)));
  }

  @Test
  void refusesHundredsOfThousandsOfKeys() throws IOException {
    String keys =
        IntStream.range(0, 400_000)
            .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":0")
            .collect(Collectors.joining(","));
    assertInvalid(IMAGE, imageWith("\"x\":{" + keys + "}"));
  }

  @Test
  void refusesAMillionKeysAsTooLarge() throws IOException {
    String keys =
        IntStream.range(0, 1_000_000)
            .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":0")
            .collect(Collectors.joining(","));
    assertRefused(413, "SIZE_INVALID", putManifest("a", "v1", IMAGE, imageWith(keys)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"schemaVersion\":2",
        "\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"",
        "\"layers\":[]",
        "\"x\":1,\"x\":1",
        "\"x\":{\"y\":1,\"y\":2}",
        "\"annotations\":{\"k\":\"v\",\"\\u006b\":\"v\"}",
      })
  void refusesAKeyThatStandsTwice(String field) throws IOException {
    assertInvalid(IMAGE, imageWith(field));
  }

  @Test
  void refusesWhatIsAnImageAndAnIndex() throws IOException {
    assertInvalid(IMAGE, imageWith("\"manifests\":[]"));
    assertInvalid(INDEX, index("", ",\"layers\":[]"));
    assertInvalid(INDEX, index("", ",\"config\":{}"));
    assertInvalid("application/vnd.example+json", "{\"manifests\":[],\"layers\":[]}");
  }

  @Test
  void refusesATypeUnlikeTheDocuments() throws IOException {
    String image = image("a", "v1");
    for (String type :
        new String[] {
          INDEX,
          "application/vnd.docker.distribution.manifest.v2+json",
          "application/vnd.example+json",
          "application/json",
          "text/html",
          "nonsense",
          "a/b; c=\"",
        }) {
      assertInvalid(type, image);
    }
    assertInvalid(IMAGE, index("", ""));
    assertRefused(400, "MANIFEST_INVALID", put("/v2/a/manifests/v1", bytes(image)));
    assertRefused(
        400,
        "UNSUPPORTED",
        put("/v2/a/manifests/v1", bytes(image), "Content-Type", IMAGE, "Content-Type", INDEX));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "+prettyjws", "+json"})
  void refusesSchema1(String suffix) throws IOException {
    String document =
        "{\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"v1\",\"fsLayers\":[],\"history\":[]}";
    assertInvalid("application/vnd.docker.distribution.manifest.v1" + suffix, document);
    assertInvalid("application/json", document);
    assertInvalid(IMAGE, document);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "-0",
        "1.5",
        "2.0",
        "1e3",
        "9223372036854775808",
        "18446744073709551616",
        "\"2\"",
        "null",
        "true",
        "[2]",
        "3",
      })
  void refusesASizeThatIsNoneOrAnother(String size) throws IOException {
    String digest = pushBlob("a", bytes("{}"));
    String config =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%s}".formatted(CONFIG, digest, size);
    assertInvalid(IMAGE, "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[]}");
    assertInvalid(INDEX, index(config, ""));
  }

  @Test
  void refusesLayersAndChildrenThatAreElsewhere() throws IOException {
    String image = image("b", "v1");
    pushManifest("b", "v1", IMAGE, image);
    assertRefused(400, "MANIFEST_BLOB_UNKNOWN", putManifest("a", "v1", IMAGE, image));
    assertRefused(
        400,
        "MANIFEST_BLOB_UNKNOWN",
        putManifest("a", "v1", INDEX, index(descriptor(IMAGE, image), "")));
  }

  @Test
  void refusesOtherBytesThanTheDigestNames() throws IOException {
    String image = image("a", "v1");
    for (String digest :
        new String[] {
          sha256(bytes(image + " ")), sha512(bytes(image + " ")), sha256(new byte[0])
        }) {
      HttpResponse<byte[]> refused = putManifest("a", digest + "?tag=v1", IMAGE, image);
      assertRefused(400, "DIGEST_INVALID", refused);
      assertTrue(text(refused).contains(digest), text(refused));
    }
  }

  @Test
  void refusesMoreThanTheLimitHoweverItComes() throws IOException {
    byte[] large = bytes(" ".repeat((4 << 20) + 1));
    assertRefused(413, "SIZE_INVALID", put("/v2/a/manifests/v1", large, "Content-Type", IMAGE));
    assertRefused(
        413,
        "SIZE_INVALID",
        send("PUT", "/v2/a/manifests/v1", chunked(large), "Content-Type", IMAGE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tag=.x", "tag=v1&tag=-x", "tag=v1&tag=", "tag", "tag=a%2Fb", "tag=v1&tag=%00"})
  void movesNoTagIfOneOfThemIsNone(String query) throws IOException {
    String image = image("a", "v1");
    assertRefused(
        400,
        "MANIFEST_INVALID",
        putManifest("a", sha256(bytes(image)) + "?" + query, IMAGE, image));
    assertEquals(404, head("/v2/a/manifests/" + sha256(bytes(image))).statusCode());
  }

  @Test
  void movesNoneOfAThousandTags() throws IOException {
    String image = image("a", "v1");
    String tags =
        IntStream.range(0, 1000).mapToObj(i -> "tag=t" + i).collect(Collectors.joining("&"));
    HttpResponse<byte[]> refused =
        putManifest("a", sha256(bytes(image)) + "?" + tags, IMAGE, image);
    assertRefused(414, "UNSUPPORTED", refused);
    assertEquals("{\"name\":\"a\",\"tags\":[]}", text(get("/v2/a/tags/list")));
  }
}
