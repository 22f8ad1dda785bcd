package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class PutUploadTest extends ServerTest {
  private static final byte[] CONTENT = bytes("hello world");
  private static final String DIGEST = sha256(CONTENT);

  @Test
  void takesAWholeBlob() throws IOException {
    HttpResponse<byte[]> created = put(beginUpload("a") + "?digest=" + DIGEST, CONTENT);
    assertCreated(created, DIGEST);
  }

  private void assertCreated(HttpResponse<byte[]> created, String digest) throws IOException {
    assertEquals(201, created.statusCode(), text(created));
    assertEquals("/v2/a/blobs/" + digest, header(created, "Location"));
    assertEquals(digest, header(created, "Docker-Content-Digest"));
    assertEquals("0", header(created, "Content-Length"));
    assertArrayEquals(CONTENT, get(header(created, "Location")).body());
  }

  @Test
  void takesAWholeBlobWithoutItsLength() throws IOException {
    String upload = beginUpload("a");
    assertCreated(send("PUT", upload + "?digest=" + DIGEST, chunked(CONTENT)), DIGEST);
  }

  @Test
  void takesTheLastChunk() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello "), "Content-Range", "0-5");
    assertCreated(
        put(upload + "?digest=" + DIGEST, bytes("world"), "Content-Range", "6-10"), DIGEST);
  }

  @Test
  void takesTheLastChunkWithoutItsPlace() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello "));
    assertCreated(put(upload + "?digest=" + DIGEST, bytes("world")), DIGEST);
  }

  @Test
  void endsAStream() throws IOException {
    String upload = beginUpload("a");
    patch(upload, CONTENT);
    assertCreated(put(upload + "?digest=" + DIGEST, new byte[0]), DIGEST);
  }

  @Test
  void learnsTheAlgorithmAtTheEnd() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello "));
    assertCreated(put(upload + "?digest=" + sha512(CONTENT), bytes("world")), sha512(CONTENT));
    assertEquals(200, get("/v2/a/blobs/" + DIGEST).statusCode());
  }

  @Test
  void takesAnEmptyBlob() throws IOException {
    String digest = sha256(new byte[0]);
    assertEquals(201, put(beginUpload("a") + "?digest=" + digest, new byte[0]).statusCode());
    assertEquals("0", header(get("/v2/a/blobs/" + digest), "Content-Length"));
  }

  @Test
  void takesABlobThatIsHereAlready() throws IOException {
    pushBlob("a", CONTENT);
    assertCreated(put(beginUpload("a") + "?digest=" + DIGEST, CONTENT), DIGEST);
  }

  @Test
  void endsTheUpload() throws IOException {
    String upload = beginUpload("a");
    put(upload + "?digest=" + DIGEST, CONTENT);
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", get(upload));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", put(upload + "?digest=" + DIGEST, CONTENT));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", patch(upload, CONTENT));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", delete(upload));
  }

  @Test
  void keepsTheUploadIfTheDigestIsAnother() throws IOException {
    String upload = beginUpload("a");
    patch(upload, CONTENT);
    assertRefused(
        400, "DIGEST_INVALID", put(upload + "?digest=" + sha256(bytes("other")), new byte[0]));
    assertEquals("0-10", header(get(upload), "Range"));
    assertCreated(put(upload + "?digest=" + DIGEST, new byte[0]), DIGEST);
  }

  @Test
  void keepsTheUploadIfTheLastChunkDoesNotFit() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello "));
    for (String range : new String[] {"0-4", "7-11", "bytes 6-10"}) {
      HttpResponse<byte[]> refused =
          put(upload + "?digest=" + DIGEST, bytes("world"), "Content-Range", range);
      assertRefused(416, "BLOB_UPLOAD_INVALID", refused);
      assertEquals("0-5", header(refused, "Range"));
      assertEquals(upload, header(refused, "Location"));
      HttpResponse<byte[]> status = get(upload);
      assertEquals(204, status.statusCode());
      assertEquals("0-5", header(status, "Range"));
    }
    assertRefused(
        400,
        "SIZE_INVALID",
        put(upload + "?digest=" + DIGEST, bytes("world"), "Content-Range", "6-9"));
    assertCreated(
        put(upload + "?digest=" + DIGEST, bytes("world"), "Content-Range", "6-10"), DIGEST);
  }

  @Test
  void wantsExactlyOneDigest() throws IOException {
    String upload = beginUpload("a");
    patch(upload, CONTENT);
    assertRefused(400, "DIGEST_INVALID", put(upload, new byte[0]));
    assertRefused(400, "DIGEST_INVALID", put(upload + "?digest=", new byte[0]));
    assertRefused(
        400,
        "DIGEST_INVALID",
        put(upload + "?digest=" + DIGEST + "&digest=" + DIGEST, new byte[0]));
    assertRefused(
        400, "DIGEST_INVALID", put(upload + "?digest=md5:" + "a".repeat(32), new byte[0]));
    assertRefused(
        400,
        "DIGEST_INVALID",
        put(upload + "?digest=" + DIGEST.replace("sha256:", "sha256:A"), new byte[0]));
    assertEquals("0-10", header(get(upload), "Range"));
    assertCreated(put(upload + "?digest=" + DIGEST, new byte[0]), DIGEST);
  }

  @Test
  void takesAnEncodedDigest() throws IOException {
    assertCreated(put(beginUpload("a") + "?digest=" + DIGEST.replace(":", "%3A"), CONTENT), DIGEST);
  }
}
