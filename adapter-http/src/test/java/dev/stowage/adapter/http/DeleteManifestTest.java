package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class DeleteManifestTest extends ServerTest {
  @Test
  void removesATagOnly() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE, image);
    pushManifest("a", "v2", IMAGE, image);
    assertEquals(202, delete("/v2/a/manifests/v1").statusCode());
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
    assertEquals(200, head("/v2/a/manifests/v2").statusCode());
    assertEquals(200, head("/v2/a/manifests/" + sha256(bytes(image))).statusCode());
    assertRefused(404, "MANIFEST_UNKNOWN", delete("/v2/a/manifests/v1"));
  }

  @Test
  void removesAManifestWithItsTags() throws IOException {
    String image = image("a", "v1");
    String digest = sha256(bytes(image));
    pushManifest("a", digest + "?tag=v1&tag=v2", IMAGE, image);
    assertEquals(202, delete("/v2/a/manifests/" + digest).statusCode());
    for (String reference : new String[] {"v1", "v2", digest}) {
      assertEquals(404, head("/v2/a/manifests/" + reference).statusCode());
    }
    assertEquals("{\"name\":\"a\",\"tags\":[]}", text(get("/v2/a/tags/list")));
    assertRefused(404, "MANIFEST_UNKNOWN", delete("/v2/a/manifests/" + digest));
  }

  @Test
  void removesAManifestByAnyAlgorithm() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", sha512(bytes(image)) + "?tag=v1", IMAGE, image);
    assertEquals(202, delete("/v2/a/manifests/" + sha512(bytes(image))).statusCode());
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
  }

  @Test
  void keepsWhatAnIndexNeedsAndNamesIt() throws IOException {
    String image = image("a", "v1");
    String child = sha256(bytes(image));
    pushManifest("a", child, IMAGE, image);
    String index =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(INDEX, descriptor(IMAGE, child, bytes(image).length));
    pushManifest("a", "index", INDEX, index);
    HttpResponse<byte[]> refused = delete("/v2/a/manifests/" + child);
    assertRefused(405, "UNSUPPORTED", refused);
    assertEquals("GET, HEAD, PUT", header(refused, "Allow"));
    assertTrue(text(refused).contains("\"referrer\":\"" + sha256(bytes(index)) + "\""));
    assertEquals(202, delete("/v2/a/manifests/" + sha256(bytes(index))).statusCode());
    assertEquals(202, delete("/v2/a/manifests/" + child).statusCode());
  }

  @Test
  void saysThatDeletionIsSwitchedOff() throws IOException {
    use(TestRegistry.withoutDeletes());
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE, image);
    for (String reference : new String[] {"v1", sha256(bytes(image))}) {
      HttpResponse<byte[]> refused = delete("/v2/a/manifests/" + reference);
      assertRefused(405, "UNSUPPORTED", refused);
      assertEquals("GET, HEAD, PUT", header(refused, "Allow"));
      assertEquals(200, head("/v2/a/manifests/" + reference).statusCode());
    }
  }

  @Test
  void refusesABadReference() throws IOException {
    assertRefused(400, "DIGEST_INVALID", delete("/v2/a/manifests/sha256:x"));
    assertRefused(400, "MANIFEST_INVALID", delete("/v2/a/manifests/.x"));
  }
}
