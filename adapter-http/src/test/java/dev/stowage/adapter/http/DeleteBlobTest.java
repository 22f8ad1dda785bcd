package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DeleteBlobTest extends ServerTest {
  @Test
  void removesABlobAtOnce() throws IOException {
    String path = "/v2/a/blobs/" + pushBlob("a", bytes("x"));
    HttpResponse<byte[]> deleted = delete(path);
    assertEquals(202, deleted.statusCode());
    assertEquals("0", header(deleted, "Content-Length"));
    assertEquals(404, head(path).statusCode());
    assertRefused(404, "BLOB_UNKNOWN", delete(path));
  }

  @Test
  void leavesTheBlobOfAnotherRepository() throws IOException {
    String digest = pushBlob("a", bytes("x"));
    pushBlob("b", bytes("x"));
    assertEquals(202, delete("/v2/a/blobs/" + digest).statusCode());
    assertEquals(200, head("/v2/b/blobs/" + digest).statusCode());
  }

  @Test
  void refusesWhatIsNoDigest() throws IOException {
    assertRefused(400, "DIGEST_INVALID", delete("/v2/a/blobs/sha256:x"));
  }

  @Test
  void keepsWhatAManifestNeedsAndNamesIt() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE, image);
    HttpResponse<byte[]> refused = delete("/v2/a/blobs/" + sha256(bytes("layer of v1")));
    assertRefused(405, "UNSUPPORTED", refused);
    assertEquals("GET, HEAD", header(refused, "Allow"));
    assertTrue(text(refused).contains("\"referrer\":\"" + sha256(bytes(image)) + "\""));
  }

  @Test
  void saysThatDeletionIsSwitchedOff() throws IOException {
    use(TestRegistry.withoutDeletes());
    String path = "/v2/a/blobs/" + pushBlob("a", bytes("x"));
    HttpResponse<byte[]> refused = delete(path);
    assertRefused(405, "UNSUPPORTED", refused);
    assertEquals("GET, HEAD", header(refused, "Allow"));
    assertEquals(200, head(path).statusCode());
  }
}
