package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.UploadId;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartUploadTest extends ServerTest {
  private static final byte[] CONTENT = bytes("some content");
  private static final String DIGEST = sha256(CONTENT);
  private static final String UPLOADS = "/v2/a/blobs/uploads/";

  @ParameterizedTest
  @ValueSource(strings = {"/v2/a/blobs/uploads/", "/v2/a/blobs/uploads"})
  void beginsAnUpload(String path) throws IOException {
    assertBegun(post(path));
  }

  private void assertBegun(HttpResponse<byte[]> begun) throws IOException {
    assertEquals(202, begun.statusCode(), text(begun));
    String id = header(begun, "Docker-Upload-UUID");
    assertTrue(UploadId.find(id).isPresent(), id);
    assertEquals(UPLOADS + id, header(begun, "Location"));
    assertEquals("0-0", header(begun, "Range"));
    assertEquals("0", header(begun, "Content-Length"));
    assertEquals(204, get(UPLOADS + id).statusCode());
  }

  @Test
  void givesEveryUploadItsOwnName() throws IOException {
    assertTrue(!beginUpload("a").equals(beginUpload("a")));
  }

  @Test
  void makesNoRepository() throws IOException {
    beginUpload("a");
    assertEquals("{\"repositories\":[]}", text(get("/v2/_catalog")));
  }

  @Test
  void refusesABadName() throws IOException {
    assertRefused(400, "NAME_INVALID", post("/v2/A/blobs/uploads/"));
    assertRefused(400, "NAME_INVALID", post("/v2/" + "a".repeat(256) + "/blobs/uploads/"));
  }

  @Test
  void takesAWholeBlob() throws IOException {
    HttpResponse<byte[]> created = post(UPLOADS + "?digest=" + DIGEST, CONTENT);
    assertEquals(201, created.statusCode());
    assertEquals(DIGEST, header(created, "Docker-Content-Digest"));
    assertEquals("/v2/a/blobs/" + DIGEST, header(created, "Location"));
    assertArrayEquals(CONTENT, get(header(created, "Location")).body());
  }

  @Test
  void takesAWholeBlobInChunksOrEncodedOrEmpty() throws IOException {
    assertEquals(
        201,
        send("POST", UPLOADS + "?digest=" + DIGEST.replace(":", "%3A"), chunked(CONTENT))
            .statusCode());
    assertEquals(201, post(UPLOADS + "?digest=" + sha256(new byte[0]), new byte[0]).statusCode());
    assertEquals(200, get("/v2/a/blobs/" + sha256(new byte[0])).statusCode());
  }

  @Test
  void answersInTheAlgorithmOfAWholeBlob() throws IOException {
    HttpResponse<byte[]> created = post(UPLOADS + "?digest=" + sha512(CONTENT), CONTENT);
    assertEquals(201, created.statusCode());
    assertEquals(sha512(CONTENT), header(created, "Docker-Content-Digest"));
    assertArrayEquals(CONTENT, get(header(created, "Location")).body());
  }

  @Test
  void takesAWholeBlobAgain() throws IOException {
    pushBlob("a", CONTENT);
    HttpResponse<byte[]> again = post(UPLOADS + "?digest=" + DIGEST, CONTENT);
    assertEquals(201, again.statusCode());
    assertEquals("/v2/a/blobs/" + DIGEST, header(again, "Location"));
  }

  @Test
  void refusesOtherBytesForABlobThatIsHere() throws IOException {
    pushBlob("a", CONTENT);
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?digest=" + DIGEST, bytes("other")));
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?digest=" + DIGEST, new byte[0]));
    assertArrayEquals(CONTENT, get("/v2/a/blobs/" + DIGEST).body());
  }

  @Test
  void sparesAClientThatAsksTheSendingOfABlobThatIsHere() throws IOException {
    pushBlob("a", CONTENT);
    try (RawConnection connection = connect()) {
      connection.send(
          "POST "
              + UPLOADS
              + "?digest="
              + DIGEST
              + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n");
      assertEquals(201, connection.answer().status());
    }
  }

  @Test
  void keepsNothingOfAWholeBlobWithAnotherDigest() throws IOException {
    HttpResponse<byte[]> refused = post(UPLOADS + "?digest=" + DIGEST, bytes("other"));
    assertRefused(400, "DIGEST_INVALID", refused);
    assertTrue(text(refused).contains("\"expected\":\"" + DIGEST + "\""), text(refused));
    assertEquals(404, head("/v2/a/blobs/" + DIGEST).statusCode());
    assertEquals(404, head("/v2/a/blobs/" + sha256(bytes("other"))).statusCode());
    assertNoUploadIsOpen();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sha256:", "sha256:AB", "md5:d41d8cd98f00b204e9800998ecf8427e", "x", "", "a:b:c"})
  void refusesWhatIsNoDigest(String digest) throws IOException {
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?digest=" + digest, CONTENT));
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?from=b&mount=" + digest));
    assertNoUploadIsOpen();
  }

  @Test
  void refusesTwoDigests() throws IOException {
    String twice = "?digest=" + DIGEST + "&digest=" + DIGEST;
    assertRefused(400, "UNSUPPORTED", post(UPLOADS + twice, CONTENT));
  }

  @Test
  void takesAnAlgorithmInAdvance() throws IOException {
    HttpResponse<byte[]> begun = post(UPLOADS + "?digest-algorithm=sha512");
    assertBegun(begun);
    assertEquals(
        201, put(header(begun, "Location") + "?digest=" + sha512(CONTENT), CONTENT).statusCode());
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?digest-algorithm=md5"));
    assertRefused(400, "DIGEST_INVALID", post(UPLOADS + "?digest-algorithm="));
  }

  @Test
  void mountsFromAnotherRepository() throws IOException {
    pushBlob("team/b", CONTENT);
    HttpResponse<byte[]> mounted = post(UPLOADS + "?mount=" + DIGEST + "&from=team/b");
    assertMounted(mounted, DIGEST);
  }

  @Test
  void mountsFromAnywhere() throws IOException {
    pushBlob("b", CONTENT);
    assertMounted(post(UPLOADS + "?mount=" + DIGEST), DIGEST);
  }

  @Test
  void mountsByAnyAlgorithm() throws IOException {
    assertEquals(201, post("/v2/b/blobs/uploads/?digest=" + sha512(CONTENT), CONTENT).statusCode());
    assertMounted(post(UPLOADS + "?mount=" + sha512(CONTENT) + "&from=b"), sha512(CONTENT));
  }

  private void assertMounted(HttpResponse<byte[]> mounted, String digest) throws IOException {
    assertEquals(201, mounted.statusCode(), text(mounted));
    assertEquals("/v2/a/blobs/" + digest, header(mounted, "Location"));
    assertEquals(digest, header(mounted, "Docker-Content-Digest"));
    assertArrayEquals(CONTENT, get(header(mounted, "Location")).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"&from=b", "&from=none", "&from=BAD%00", "&from=a", "", "&from="})
  void beginsAnUploadWhereThereIsNothingToMount(String from) throws IOException {
    pushBlob("b", bytes("something else"));
    HttpResponse<byte[]> begun = post(UPLOADS + "?mount=" + DIGEST + from);
    assertBegun(begun);
    assertEquals(201, put(header(begun, "Location") + "?digest=" + DIGEST, CONTENT).statusCode());
  }

  @Test
  void takesTheBlobThatComesWithAMountOfNothing() throws IOException {
    String both = "?mount=" + DIGEST + "&from=b&digest=" + DIGEST;
    assertEquals(201, post(UPLOADS + both, CONTENT).statusCode());
    assertArrayEquals(CONTENT, get("/v2/a/blobs/" + DIGEST).body());
  }

  @Test
  void ignoresASourceWithoutAMount() throws IOException {
    assertBegun(post(UPLOADS + "?from=b"));
  }

  @Test
  void tellsNothingOfABlobThatIsElsewhere() throws IOException {
    pushBlob("b", CONTENT);
    HttpResponse<byte[]> here = post(UPLOADS + "?mount=" + DIGEST + "&from=c");
    HttpResponse<byte[]> nowhere = post(UPLOADS + "?mount=" + sha256(bytes("nowhere")) + "&from=c");
    assertBegun(here);
    assertBegun(nowhere);
    assertEquals(here.headers().map().keySet(), nowhere.headers().map().keySet());
  }

  @Test
  void saysNothingOfHostsInALocation() throws IOException {
    try (RawConnection connection = connect()) {
      RawConnection.Answer begun =
          connection
              .send(
                  "POST "
                      + UPLOADS
                      + " HTTP/1.1\r\nHost: evil.example:99\r\nX-Forwarded-Host: evil.example\r\n"
                      + "X-Forwarded-Proto: https\r\nForwarded: host=evil.example\r\n"
                      + "Content-Length: 0\r\n\r\n")
              .answer();
      assertTrue(begun.header("Location").orElse("").startsWith(UPLOADS), begun.toString());
      assertTrue(!begun.toString().contains("evil"), begun.toString());
    }
  }

  @Test
  void acceptsChunksOfAnySize() throws IOException {
    assertEquals("", header(post(UPLOADS), "OCI-Chunk-Min-Length"));
  }
}
