package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of repositories, tags and digests, wherever a request may have them. */
class NamesTest extends ServerTest {
  private static final String HEX =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a-----b",
        "a/b/c/d/e",
        "1.2/3_4",
        "v2",
        "blobs/uploads",
        "a/manifests/b",
        "sha256",
      })
  void takesNamesOfTheGrammar(String name) throws IOException {
    String digest = pushBlob(name, bytes("x"));
    assertEquals(200, get("/v2/" + name + "/blobs/" + digest).statusCode());
    assertEquals("{\"repositories\":[\"" + name + "\"]}", text(get("/v2/_catalog")));
  }

  @Test
  void takesNamesOf255CharactersAndNoMore() throws IOException {
    pushBlob("a".repeat(255), bytes("x"));
    assertRefused(400, "NAME_INVALID", post("/v2/" + "a".repeat(256) + "/blobs/uploads/"));
    assertRefused(400, "NAME_INVALID", get("/v2/" + "a/".repeat(128) + "a/tags/list"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A",
        "aB",
        "-a",
        "a-",
        "_a",
        "a_",
        ".a",
        "a.",
        "a..b",
        "a___b",
        "a._b",
        "a/-b",
        "a/_b",
        "a@b",
        "a:5000",
        "a+b",
        "a~b",
        "a,b",
        "a=b",
        "%41",
        "_catalog",
        "_oci",
        "...",
      })
  void refusesOtherNamesWhereverTheyStand(String name) throws IOException {
    String repository = "/v2/" + name;
    String digest = sha256(bytes("x"));
    for (String path :
        List.of("/tags/list", "/manifests/v1", "/blobs/" + digest, "/referrers/" + digest)) {
      assertRefused(400, "NAME_INVALID", get(repository + path));
    }
    assertRefused(400, "NAME_INVALID", post(repository + "/blobs/uploads/"));
    assertRefused(400, "NAME_INVALID", post(repository + "/blobs/uploads/?mount=" + digest));
    assertRefused(
        400, "NAME_INVALID", post(repository + "/blobs/uploads/?digest=" + digest, bytes("x")));
    assertRefused(400, "NAME_INVALID", putManifest(name, "v1", IMAGE, "{}"));
    assertRefused(400, "NAME_INVALID", delete(repository + "/blobs/" + digest));
    assertRefused(400, "NAME_INVALID", delete(repository + "/manifests/v1"));
    assertEquals("{\"repositories\":[]}", text(get("/v2/_catalog")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/../b",
        "../b",
        "a/./b",
        "./b",
        ".",
        "..",
        "a//b",
        "/b",
        "a%2fb",
        "%2e%2e/b",
        "a%2eb",
        "a;x=y",
        "a%00",
        "a%0d%0ab",
        "a%20b",
        "a%zz",
        "a%",
        "%c0%ae",
        "%C3%A4",
        "\u00c3\u00a4",
        "\u00d0\u00b0",
        "a\\b",
        "a\u0000b",
        "a\tb",
        "a#b",
        "a%25",
        "a%5c..%5cb",
      })
  void refusesWhatMakesOnePathLookLikeAnother(String name) throws IOException {
    String digest = pushBlob("b", bytes("x"));
    for (String path : List.of("/blobs/" + digest, "/tags/list", "/manifests/v1")) {
      try (RawConnection connection = connect()) {
        Answer answer = connection.request("GET", "/v2/" + name + path).answer();
        assertTrue(Set.of(400, 404).contains(answer.status()), answer.toString());
        assertTrue(answer.body().startsWith("{\"errors\":[{\"code\":\""), answer.body());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".x", "-x", "a%2Bb", "a%3Db"})
  void refusesOtherTagsWhereverTheyStand(String tag) throws IOException {
    String path = "/v2/a/manifests/" + tag;
    assertRefused(400, "MANIFEST_INVALID", get(path));
    assertEquals(400, head(path).statusCode());
    assertRefused(400, "MANIFEST_INVALID", delete(path));
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", tag, IMAGE, "{}"));
    assertRefused(400, "MANIFEST_INVALID", get("/v2/a/tags/list?last=" + tag));
  }

  @Test
  void refusesTagsWithASlash() throws IOException {
    pushManifest("a", "v1", IMAGE, image("a", "v1"));
    assertRefused(404, "UNSUPPORTED", get("/v2/a/manifests/v1/v1"));
    assertRefused(400, "UNSUPPORTED", get("/v2/a/manifests/v1%2Fv1"));
    assertRefused(400, "UNSUPPORTED", get("/v2/a/manifests/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sha256:",
        ":",
        ":abc",
        "sha256:abc",
        "sha256:" + HEX + "0",
        "sha256:ABCDEF6789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "SHA256:" + HEX,
        "sha256:" + HEX + ":" + HEX,
        "sha256::" + HEX,
        "sha512:" + HEX,
        "md5:d41d8cd98f00b204e9800998ecf8427e",
        "sha256+b64:aaaa",
        "sha384:" + HEX,
        "blake3:" + HEX,
        "x:y",
        "baddigest:string",
      })
  void refusesOtherDigestsWhereverTheyStand(String digest) throws IOException {
    for (String path : List.of("/v2/a/blobs/", "/v2/a/manifests/", "/v2/a/referrers/")) {
      assertRefused(400, "DIGEST_INVALID", get(path + digest));
      assertEquals(400, head(path + digest).statusCode());
    }
    assertRefused(400, "DIGEST_INVALID", delete("/v2/a/blobs/" + digest));
    assertRefused(400, "DIGEST_INVALID", delete("/v2/a/manifests/" + digest));
    assertRefused(400, "DIGEST_INVALID", putManifest("a", digest, IMAGE, image("a", "v1")));
    String encoded = digest.replace("+", "%2B");
    String uploads = "/v2/a/blobs/uploads/";
    assertRefused(400, "DIGEST_INVALID", post(uploads + "?digest=" + encoded, bytes("x")));
    assertRefused(400, "DIGEST_INVALID", post(uploads + "?mount=" + encoded + "&from=b"));
    assertRefused(400, "DIGEST_INVALID", post(uploads + "?mount=" + encoded));
    String upload = beginUpload("a");
    assertRefused(400, "DIGEST_INVALID", put(upload + "?digest=" + encoded, bytes("x")));
    assertEquals(204, get(upload).statusCode());
  }

  @Test
  void takesPathsInADigestForNothing() throws IOException {
    try (RawConnection connection = connect()) {
      assertEquals(404, connection.request("GET", "/v2/a/blobs/sha256:../../x").answer().status());
      assertEquals(
          400, connection.request("GET", "/v2/a/blobs/sha256:..%2f..%2fx").answer().status());
      assertEquals(
          400,
          connection
              .request("POST", "/v2/a/blobs/uploads/?digest=sha256:../../x")
              .answer()
              .status());
    }
  }
}
