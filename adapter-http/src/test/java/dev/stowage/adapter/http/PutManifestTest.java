package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PutManifestTest extends ServerTest {
  private static final int MAX_SIZE = 4 * 1024 * 1024;

  @Test
  void takesAManifestByTag() throws IOException {
    String image = image("a", "v1");
    HttpResponse<byte[]> pushed = pushManifest("a", "v1", IMAGE, image);
    String digest = sha256(bytes(image));
    assertEquals("/v2/a/manifests/" + digest, header(pushed, "Location"));
    assertEquals(digest, header(pushed, "Docker-Content-Digest"));
    assertEquals("0", header(pushed, "Content-Length"));
    assertEquals("", header(pushed, "OCI-Subject"));
    assertEquals("", header(pushed, "OCI-Tag"));
    assertArrayEquals(bytes(image), get(header(pushed, "Location")).body());
    assertArrayEquals(bytes(image), get("/v2/a/manifests/v1").body());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void takesAManifestByDigest(boolean sha256) throws IOException {
    String image = image("a", "v1");
    String digest = sha256 ? sha256(bytes(image)) : sha512(bytes(image));
    HttpResponse<byte[]> pushed = pushManifest("a", digest, IMAGE, image);
    assertEquals(digest, header(pushed, "Docker-Content-Digest"));
    assertEquals("/v2/a/manifests/" + digest, header(pushed, "Location"));
    assertArrayEquals(bytes(image), get(header(pushed, "Location")).body());
  }

  @Test
  void takesAManifestAgainAndMovesTags() throws IOException {
    String first = image("a", "one");
    String second = image("a", "two");
    pushManifest("a", "v1", IMAGE, first);
    pushManifest("a", "v1", IMAGE, first);
    pushManifest("a", "v1", IMAGE, second);
    assertArrayEquals(bytes(second), get("/v2/a/manifests/v1").body());
    assertEquals(200, get("/v2/a/manifests/" + sha256(bytes(first))).statusCode());
  }

  @Test
  void takesAManifestInChunks() throws IOException {
    String image = image("a", "v1");
    assertEquals(
        201,
        send("PUT", "/v2/a/manifests/v1", chunked(bytes(image)), "Content-Type", IMAGE)
            .statusCode());
    assertArrayEquals(bytes(image), get("/v2/a/manifests/v1").body());
  }

  @Test
  void ignoresParametersOfTheType() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE + "; charset=utf-8", image);
    assertEquals(IMAGE, header(get("/v2/a/manifests/v1"), "Content-Type"));
  }

  @Test
  void movesSeveralTagsAtOnce() throws IOException {
    String image = image("a", "v1");
    String digest = sha512(bytes(image));
    HttpResponse<byte[]> pushed =
        pushManifest("a", digest + "?tag=x&tag=y&tag=z&tag=x", IMAGE, image);
    assertEquals(List.of("x", "y", "z"), pushed.headers().allValues("OCI-Tag"));
    assertEquals(digest, header(pushed, "Docker-Content-Digest"));
    for (String tag : List.of("x", "y", "z")) {
      HttpResponse<byte[]> got = get("/v2/a/manifests/" + tag);
      assertEquals(digest, header(got, "Docker-Content-Digest"));
      assertArrayEquals(bytes(image), got.body());
    }
  }

  @Test
  void movesAHundredTagsButNoMore() throws IOException {
    String image = image("a", "v1");
    String path = "/v2/a/manifests/" + sha256(bytes(image)) + "?";
    HttpResponse<byte[]> many = put(path + tags(100), bytes(image), "Content-Type", IMAGE);
    assertEquals(201, many.statusCode(), text(many));
    assertEquals(100, many.headers().allValues("OCI-Tag").size());
    assertRefused(414, "UNSUPPORTED", put(path + tags(101), bytes(image), "Content-Type", IMAGE));
  }

  private static String tags(int count) {
    return IntStream.range(0, count).mapToObj(i -> "tag=t" + i).collect(Collectors.joining("&"));
  }

  @Test
  void movesNoTagIfOneIsBad() throws IOException {
    String image = image("a", "v1");
    String path = sha256(bytes(image)) + "?tag=good&tag=.bad";
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", path, IMAGE, image));
    assertEquals(404, get("/v2/a/manifests/good").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {".x", "-x", "a%2Bb", "a%3D"})
  void refusesABadTag(String tag) throws IOException {
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", tag, IMAGE, "{}"));
  }

  @Test
  void knowsTagsUpTo128Characters() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "x".repeat(128), IMAGE, image);
    pushManifest("a", "a".repeat(64), IMAGE, image);
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "x".repeat(129), IMAGE, image));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:baddigeststring", "sha256:", "x:y", ":", "md5:00", "a:b:c"})
  void refusesABadDigest(String digest) throws IOException {
    assertRefused(400, "DIGEST_INVALID", putManifest("a", digest, IMAGE, image("a", "v1")));
  }

  @Test
  void refusesOtherBytesThanTheDigestNames() throws IOException {
    assertRefused(
        400, "DIGEST_INVALID", putManifest("a", sha256(bytes("other")), IMAGE, image("a", "v1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{}x", "{\"schemaVersion\":2}"})
  void refusesWhatIsNoManifest(String document) throws IOException {
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "v1", IMAGE, document));
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
  }

  @Test
  void wantsAType() throws IOException {
    String image = image("a", "v1");
    assertRefused(400, "MANIFEST_INVALID", put("/v2/a/manifests/v1", bytes(image)));
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "v1", "nonsense", image));
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "v1", INDEX, image));
  }

  @Test
  void refusesAManifestWhoseContentIsNotHere() throws IOException {
    String image = image("b", "v1");
    HttpResponse<byte[]> refused = putManifest("a", "v1", IMAGE, image);
    assertRefused(400, "MANIFEST_BLOB_UNKNOWN", refused);
    assertTrue(text(refused).contains(sha256(bytes("layer of v1"))), text(refused));
  }

  @Test
  void takesTheLargestManifestAndNoLarger() throws IOException {
    String image = image("a", "v1", ",\"annotations\":{\"pad\":\"%s\"}");
    String largest = image.formatted("x".repeat(MAX_SIZE - image.formatted("").length()));
    assertEquals(MAX_SIZE, largest.length());
    pushManifest("a", "v1", IMAGE, largest);
    assertArrayEquals(bytes(largest), get("/v2/a/manifests/v1").body());
    assertRefused(413, "SIZE_INVALID", putManifest("a", "v2", IMAGE, largest + " "));
    assertRefused(
        413,
        "SIZE_INVALID",
        send("PUT", "/v2/a/manifests/v2", chunked(bytes(largest + " ")), "Content-Type", IMAGE));
  }

  @Test
  void stopsReadingAnEndlessManifest() throws IOException {
    try (RawConnection connection = connect()) {
      String chunk = "10000\r\n" + "x".repeat(65_536) + "\r\n";
      connection.send(
          "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + IMAGE
              + "\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertTrue(connection.isCutOffWhileSending(chunk, 10_000));
    }
  }

  @Test
  void refusesAnAnnouncedSizeWithoutReading() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + IMAGE
              + "\r\nContent-Length: 4194305\r\n\r\n");
      assertEquals(413, connection.answer().status());
    }
  }

  @Test
  void saysWhatTheSubjectIs() throws IOException {
    String missing = sha256(bytes("missing"));
    String image = image("a", "v1", ",\"subject\":" + descriptor(IMAGE, missing, 7));
    assertEquals(missing, header(pushManifest("a", "v1", IMAGE, image), "OCI-Subject"));
  }

  @Test
  void refusesABadName() throws IOException {
    assertRefused(400, "NAME_INVALID", putManifest("A", "v1", IMAGE, "{}"));
  }

  @Test
  void takesNamesWithTheWordsOfPaths() throws IOException {
    for (String name : List.of("a/blobs/uploads", "manifests", "tags/list", "blobs", "referrers")) {
      String image = image(name, "v1");
      pushManifest(name, "v1", IMAGE, image);
      assertArrayEquals(bytes(image), get("/v2/" + name + "/manifests/v1").body());
      assertEquals(
          "{\"name\":\"" + name + "\",\"tags\":[\"v1\"]}", text(get("/v2/" + name + "/tags/list")));
    }
  }
}
