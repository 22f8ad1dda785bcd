package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetManifestTest extends ServerTest {
  @Test
  void givesTheBytesAndWhatTheyAre() throws IOException {
    String image = image("a", "v1");
    String digest = sha256(bytes(image));
    pushManifest("a", "v1", IMAGE, image);
    for (String reference : new String[] {"v1", digest, digest.replace(":", "%3A")}) {
      HttpResponse<byte[]> got = get("/v2/a/manifests/" + reference);
      assertEquals(200, got.statusCode());
      assertArrayEquals(bytes(image), got.body());
      assertDescribed(got, digest, image);
      HttpResponse<byte[]> head = head("/v2/a/manifests/" + reference);
      assertEquals(200, head.statusCode());
      assertEquals(0, head.body().length);
      assertDescribed(head, digest, image);
    }
  }

  private static void assertDescribed(HttpResponse<byte[]> got, String digest, String image) {
    assertEquals(IMAGE, header(got, "Content-Type"));
    assertEquals(Integer.toString(bytes(image).length), header(got, "Content-Length"));
    assertEquals(digest, header(got, "Docker-Content-Digest"));
    assertEquals("\"" + digest + "\"", header(got, "ETag"));
    assertEquals("nosniff", header(got, "X-Content-Type-Options"));
  }

  @Test
  void answersInTheAlgorithmThatWasAskedFor() throws IOException {
    String image = image("a", "v1");
    String sha256 = sha256(bytes(image));
    String sha512 = sha512(bytes(image));
    pushManifest("a", sha512 + "?tag=v1", IMAGE, image);
    for (String digest : new String[] {sha256, sha512}) {
      HttpResponse<byte[]> got = get("/v2/a/manifests/" + digest);
      assertEquals(digest, header(got, "Docker-Content-Digest"));
      assertEquals("\"" + digest + "\"", header(got, "ETag"));
    }
    assertEquals(sha512, header(head("/v2/a/manifests/v1"), "Docker-Content-Digest"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*/*", "application/json", "application/vnd.example"})
  void givesTheStoredTypeWhateverIsAccepted(String accept) throws IOException {
    pushManifest("a", "v1", IMAGE, image("a", "v1"));
    HttpResponse<byte[]> got =
        get("/v2/a/manifests/v1", "Accept", accept, "Accept-Encoding", "gzip, zstd");
    assertEquals(200, got.statusCode());
    assertEquals(IMAGE, header(got, "Content-Type"));
    assertEquals("", header(got, "Content-Encoding"));
  }

  @Test
  void knowsOnlyTheManifestsOfTheRepository() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE, image);
    assertRefused(404, "MANIFEST_UNKNOWN", get("/v2/b/manifests/v1"));
    assertRefused(404, "MANIFEST_UNKNOWN", get("/v2/b/manifests/" + sha256(bytes(image))));
    assertRefused(404, "MANIFEST_UNKNOWN", get("/v2/a/manifests/v2"));
    assertEquals(404, head("/v2/a/manifests/v2").statusCode());
    assertEquals(404, get("/v2/a/manifests/v2", "If-None-Match", "*").statusCode());
  }

  @Test
  void knowsNoBlobAsAManifest() throws IOException {
    String digest = pushBlob("a", bytes("{}"));
    assertRefused(404, "MANIFEST_UNKNOWN", get("/v2/a/manifests/" + digest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:baddigeststring", "x:y", "sha256:"})
  void refusesABadDigest(String digest) throws IOException {
    assertRefused(400, "DIGEST_INVALID", get("/v2/a/manifests/" + digest));
  }

  @Test
  void doesNotSendWhatTheClientHas() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", "v1", IMAGE, image);
    String tag = "\"" + sha256(bytes(image)) + "\"";
    for (String asked : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
      HttpResponse<byte[]> answer = get("/v2/a/manifests/v1", "If-None-Match", asked);
      assertEquals(304, answer.statusCode());
      assertEquals(tag, header(answer, "ETag"));
    }
    assertEquals(200, get("/v2/a/manifests/v1", "If-None-Match", "\"x\"").statusCode());
  }

  @Test
  void ignoresTheNamespaceOfAProxy() throws IOException {
    pushManifest("a", "v1", IMAGE, image("a", "v1"));
    assertEquals(200, get("/v2/a/manifests/v1?ns=docker.io").statusCode());
  }
}
