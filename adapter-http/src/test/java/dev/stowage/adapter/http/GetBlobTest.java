package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GetBlobTest extends ServerTest {
  private static final byte[] CONTENT = randomBytes(2048);
  private static final String DIGEST = sha256(CONTENT);
  private static final String PATH = "/v2/a/blobs/" + DIGEST;

  @Test
  void givesTheBytesAndWhatTheyAre() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> got = get(PATH);
    assertEquals(200, got.statusCode());
    assertArrayEquals(CONTENT, got.body());
    assertDescribed(got);
  }

  @Test
  void saysToHeadWhatItWouldSayToGet() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> got = head(PATH);
    assertEquals(200, got.statusCode());
    assertEquals(0, got.body().length);
    assertDescribed(got);
    assertEquals(get(PATH).headers().map().keySet(), got.headers().map().keySet());
  }

  private static void assertDescribed(HttpResponse<byte[]> response) {
    assertEquals("2048", header(response, "Content-Length"));
    assertEquals("application/octet-stream", header(response, "Content-Type"));
    assertEquals(DIGEST, header(response, "Docker-Content-Digest"));
    assertEquals("\"" + DIGEST + "\"", header(response, "ETag"));
    assertEquals("bytes", header(response, "Accept-Ranges"));
    assertEquals("max-age=31536000", header(response, "Cache-Control"));
    assertEquals("registry/2.0", header(response, "Docker-Distribution-Api-Version"));
    assertEquals("nosniff", header(response, "X-Content-Type-Options"));
  }

  @Test
  void givesLargeBlobs() throws IOException {
    byte[] large = randomBytes(3 * 1024 * 1024 + 17);
    String digest = pushBlob("a", large);
    assertArrayEquals(large, get("/v2/a/blobs/" + digest).body());
  }

  @Test
  void givesAnEmptyBlob() throws IOException {
    String digest = pushBlob("a", new byte[0]);
    HttpResponse<byte[]> got = get("/v2/a/blobs/" + digest);
    assertEquals(200, got.statusCode());
    assertEquals("0", header(got, "Content-Length"));
    HttpResponse<byte[]> head = head("/v2/a/blobs/" + digest);
    assertEquals(200, head.statusCode());
    assertEquals("0", header(head, "Content-Length"));
    assertRefused(416, "UNSUPPORTED", get("/v2/a/blobs/" + digest, "Range", "bytes=0-"));
  }

  @Test
  void answersInTheAlgorithmThatWasAskedFor() throws IOException {
    String sha512 = sha512(CONTENT);
    assertEquals(201, post("/v2/a/blobs/uploads/?digest=" + sha512, CONTENT).statusCode());
    HttpResponse<byte[]> by512 = get("/v2/a/blobs/" + sha512);
    assertEquals(sha512, header(by512, "Docker-Content-Digest"));
    assertArrayEquals(CONTENT, by512.body());
    assertEquals(sha512, header(head("/v2/a/blobs/" + sha512), "Docker-Content-Digest"));
    assertEquals(DIGEST, header(get(PATH), "Docker-Content-Digest"));
  }

  @Test
  void knowsOnlyTheBlobsOfTheRepository() throws IOException {
    pushBlob("b", CONTENT);
    assertRefused(404, "BLOB_UNKNOWN", get(PATH));
    assertEquals(404, head(PATH).statusCode());
    assertEquals("", header(get(PATH), "ETag"));
    assertEquals(404, get(PATH, "If-None-Match", "*").statusCode());
    assertEquals(404, get(PATH, "Range", "bytes=0-1").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:",
        ":abc",
        "sha256:AAAA",
        "sha256:0123",
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256+b64:aaaa",
        "sha256:sha256:00",
        "baddigeststring",
      })
  void refusesWhatIsNoDigest(String digest) throws IOException {
    assertRefused(400, "DIGEST_INVALID", get("/v2/a/blobs/" + digest));
    assertEquals(400, head("/v2/a/blobs/" + digest).statusCode());
  }

  @Test
  void takesAnEncodedColon() throws IOException {
    pushBlob("a", CONTENT);
    assertEquals(200, get(PATH.replace(":", "%3A")).statusCode());
    assertEquals(200, get(PATH.replace(":", "%3a")).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=500-1499, 500, 1500",
    "bytes=500-, 500, 2048",
    "bytes=-500, 1548, 2048",
    "bytes=2000-5000, 2000, 2048",
    "bytes=0-18446744073709551616, 0, 2048",
  })
  void givesOnePart(String range, int from, int to) throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> part = get(PATH, "Range", range);
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOfRange(CONTENT, from, to), part.body());
    assertEquals("bytes " + from + "-" + (to - 1) + "/2048", header(part, "Content-Range"));
    assertEquals(Integer.toString(to - from), header(part, "Content-Length"));
    assertEquals(DIGEST, header(part, "Docker-Content-Digest"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bytes=500-0", "bytes=5000-10000", "bytes=-0", "bytes=", "bytes=a-b", "bytes=1"})
  void refusesPartsThatAreNotThere(String range) throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> refused = get(PATH, "Range", range);
    assertRefused(416, "UNSUPPORTED", refused);
    assertEquals("bytes */2048", header(refused, "Content-Range"));
    assertEquals(Integer.toString(refused.body().length), header(refused, "Content-Length"));
  }

  @Test
  void ignoresOtherUnits() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> whole = get(PATH, "Range", "items=0-1");
    assertEquals(200, whole.statusCode());
    assertArrayEquals(CONTENT, whole.body());
  }

  @Test
  void ignoresARangeOfHead() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> head = head(PATH, "Range", "bytes=0-1");
    assertEquals(200, head.statusCode());
    assertEquals("2048", header(head, "Content-Length"));
  }

  @Test
  void givesSeveralParts() throws IOException {
    byte[] content = bytes("0123456789".repeat(100));
    String digest = pushBlob("a", content);
    HttpResponse<byte[]> parts = get("/v2/a/blobs/" + digest, "Range", "bytes=0-2,500-503, -1");
    assertEquals(206, parts.statusCode());
    String type = header(parts, "Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    String line = "\r\n--" + type.substring(type.indexOf('=') + 1);
    assertEquals(
        part(line, "0-2", "012")
            + part(line, "500-503", "0123")
            + part(line, "999-999", "9")
            + line
            + "--\r\n",
        text(parts));
    assertEquals(Integer.toString(parts.body().length), header(parts, "Content-Length"));
  }

  private static String part(String line, String range, String content) {
    return line
        + "\r\nContent-Type: application/octet-stream\r\nContent-Range: bytes "
        + range
        + "/1000\r\n\r\n"
        + content;
  }

  @Test
  void givesPartsThatSpanManyBuffers() throws IOException {
    byte[] content = randomBytes(2 * 1024 * 1024);
    String digest = pushBlob("a", content);
    HttpResponse<byte[]> parts =
        get("/v2/a/blobs/" + digest, "Range", "bytes=0-1000000,1048576-2097151");
    String body = new String(parts.body(), StandardCharsets.ISO_8859_1);
    assertTrue(body.contains(new String(content, 0, 1_000_001, StandardCharsets.ISO_8859_1)));
    assertTrue(body.contains(new String(content, 1 << 20, 1 << 20, StandardCharsets.ISO_8859_1)));
  }

  @Test
  void doesNotMultiplyABlobByOverlappingRanges() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> whole = get(PATH, "Range", "bytes=0-,0-,0-,0-");
    assertEquals(200, whole.statusCode());
    assertArrayEquals(CONTENT, whole.body());
  }

  @Test
  void givesAPartOnlyOfTheContentThatIsMeant() throws IOException {
    pushBlob("a", CONTENT);
    assertEquals(
        206, get(PATH, "Range", "bytes=0-9", "If-Range", "\"" + DIGEST + "\"").statusCode());
    assertEquals(200, get(PATH, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode());
    assertEquals(
        200,
        get(PATH, "Range", "bytes=0-9", "If-Range", "Wed, 21 Oct 2015 07:28:00 GMT").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"%s\"", "W/\"%s\"", "\"x\", \"%s\"", "*"})
  void doesNotSendWhatTheClientHas(String tags) throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> answer = get(PATH, "If-None-Match", tags.formatted(DIGEST));
    assertEquals(304, answer.statusCode());
    assertEquals(0, answer.body().length);
    assertEquals("\"" + DIGEST + "\"", header(answer, "ETag"));
    assertEquals(304, head(PATH, "If-None-Match", tags.formatted(DIGEST)).statusCode());
  }

  @Test
  void sendsWhatTheClientDoesNotHave() throws IOException {
    pushBlob("a", CONTENT);
    assertEquals(200, get(PATH, "If-None-Match", "\"sha256:0\"").statusCode());
  }

  @Test
  void sendsBytesAsTheyAreWhateverIsAccepted() throws IOException {
    byte[] content = bytes("compressible ".repeat(1000));
    String digest = pushBlob("a", content);
    HttpResponse<byte[]> got =
        get("/v2/a/blobs/" + digest, "Accept-Encoding", "zstd, gzip, deflate");
    assertArrayEquals(content, got.body());
    assertEquals("", header(got, "Content-Encoding"));
    assertEquals(Integer.toString(content.length), header(got, "Content-Length"));
  }

  @Test
  void closesABlobWhoseClientGoesAway() throws IOException {
    byte[] large = randomBytes(32 * 1024 * 1024);
    String digest = pushBlob("a", large);
    for (int i = 0; i < 3; i++) {
      RawConnection connection = connect();
      connection.send("GET /v2/a/blobs/" + digest + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertFalse(connection.isEnded());
      connection.reset();
    }
    assertNoBlobIsOpen();
  }

  @Test
  void leavesOutPartsBehindTheEnd() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> part = get(PATH, "Range", "bytes=9000-9999,0-9");
    assertEquals(206, part.statusCode());
    assertEquals("bytes 0-9/2048", header(part, "Content-Range"));
  }

  @Test
  void givesTheWholeForVeryManyParts() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> whole = get(PATH, "Range", "bytes=0-0" + ",2-2".repeat(3_000));
    assertEquals(200, whole.statusCode());
    assertArrayEquals(CONTENT, whole.body());
    assertRefused(431, "UNSUPPORTED", get(PATH, "Range", "bytes=0-0" + ",2-2".repeat(10_000)));
  }

  @Test
  void givesAPartAsItIsWhateverIsAccepted() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> part =
        get(PATH, "Range", "bytes=1000-", "Accept-Encoding", "zstd, gzip, deflate");
    assertEquals(206, part.statusCode());
    assertEquals("", header(part, "Content-Encoding"));
    assertArrayEquals(Arrays.copyOfRange(CONTENT, 1000, 2048), part.body());
  }

  @Test
  void doesNotSendAPartOfWhatTheClientHas() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> answer =
        get(PATH, "If-None-Match", "\"" + DIGEST + "\"", "Range", "bytes=0-9");
    assertEquals(304, answer.statusCode());
  }

  @Test
  void ignoresTheNamespaceOfAProxy() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> got = get(PATH + "?ns=docker.io");
    assertArrayEquals(CONTENT, got.body());
    assertEquals("", header(got, "OCI-Namespace"));
  }

  @Test
  void sendsTheClientToWhereTheBytesAre() throws IOException {
    Descriptor descriptor =
        new Descriptor(MediaType.OCTET_STREAM, CONTENT.length, Digest.parse(DIGEST));
    URI elsewhere = URI.create("https://bytes.example/x?signature=y");
    OneBlob registry = new OneBlob(new BlobDelivery.Redirect(descriptor, elsewhere));
    try (RegistryServer server = new RegistryServer(registry, TestOptions.usual())) {
      server.start();
      try (RawConnection connection = new RawConnection(server.port())) {
        RawConnection.Answer redirect = connection.request("GET", PATH).answer();
        assertEquals(307, redirect.status());
        assertEquals(elsewhere.toString(), redirect.header("Location").orElse(""));
        assertEquals(DIGEST, redirect.header("Docker-Content-Digest").orElse(""));
      }
    }
  }
}
