package dev.stowage.adapter.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.adapter.http.error.HttpRefusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "/v2, BASE, '', ''",
    "/v2/, BASE, '', ''",
    "/v2/_catalog, CATALOG, '', ''",
    "/v2/a/blobs/sha256:00, BLOB, a, sha256:00",
    "/v2/a/b/c/blobs/sha256:00, BLOB, a/b/c, sha256:00",
    "/v2/a/blobs/uploads/, UPLOADS, a, ''",
    "/v2/a/blobs/uploads, UPLOADS, a, ''",
    "/v2/a/blobs/uploads/1-2, UPLOAD, a, 1-2",
    "/v2/a/manifests/latest, MANIFEST, a, latest",
    "/v2/a/tags/list, TAGS, a, ''",
    "/v2/a/referrers/sha256:00, REFERRERS, a, sha256:00",
  })
  void readsEveryFormOfPath(String path, Endpoint endpoint, String name, String item) {
    assertEquals(Optional.of(new Target(endpoint, name, item)), Target.of(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/a/blobs/uploads/manifests/v1, MANIFEST, a/blobs/uploads, v1",
    "/v2/a/blobs/uploads/blobs/uploads/, UPLOADS, a/blobs/uploads, ''",
    "/v2/a/blobs/uploads/blobs/uploads/x, UPLOAD, a/blobs/uploads, x",
    "/v2/a/blobs/uploads/blobs/sha256:00, BLOB, a/blobs/uploads, sha256:00",
    "/v2/a/blobs/uploads/tags/list, TAGS, a/blobs/uploads, ''",
    "/v2/a/manifests/blobs/uploads/, UPLOADS, a/manifests, ''",
    "/v2/a/blobs/blobs/uploads, UPLOADS, a/blobs, ''",
    "/v2/manifests/manifests/manifests, MANIFEST, manifests, manifests",
    "/v2/tags/list/tags/list, TAGS, tags/list, ''",
    "/v2/referrers/referrers/x, REFERRERS, referrers, x",
    "/v2/a/blobs/uploads/uploads, UPLOAD, a, uploads",
  })
  void givesTheNameTheLongestLegalReading(
      String path, Endpoint endpoint, String name, String item) {
    assertEquals(Optional.of(new Target(endpoint, name, item)), Target.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/",
        "/v2x/",
        "/V2/",
        "/v2/a",
        "/v2/a/b",
        "/v2/a/b/c",
        "/v2/blobs/sha256:00",
        "/v2/blobs/uploads/x",
        "/v2/tags/list",
        "/v2/a/tags/other",
        "/v2/a/uploads/x",
        "/v2/a/uploads/",
        "/v2/_oci/ext/discover",
        "/v2/a/_oci/ext/discover",
        "/metrics",
      })
  void knowsNoOtherPath(String path) {
    assertEquals(Optional.empty(), Target.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/a%2fb/tags/list",
        "/v2/a%2Fb/tags/list",
        "/v2/a/%2e%2e/b/tags/list",
        "/v2/a%2eb/tags/list",
        "/v2/a%00/tags/list",
        "/v2/a%0d%0a/tags/list",
        "/v2/a%zz/tags/list",
        "/v2/a%2/tags/list",
        "/v2/a/manifests/v%",
        "/v2/a/manifests/v%4",
        "/v2/%c0%ae/tags/list",
        "/v2/a%25/tags/list",
        "/v2/a;x=y/tags/list",
        "/v2/a/tags/list;x",
        "/v2//a/tags/list",
        "/v2/a//b/tags/list",
        "/v2/a/tags//list",
        "/v2/a/manifests/",
        "/v2/a/blobs/",
        "/v2/a/blobs/uploads//",
        "/v2/a/tags/list/",
      })
  void refusesWhatWouldMakeOnePathLookLikeAnother(String path) {
    HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> Target.of(path));
    assertEquals(400, refusal.answer().status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256%3A00", "sha256%3a00", "sha%3256:00"})
  void decodesWhatADigestMayHold(String item) {
    assertEquals(
        Optional.of(new Target(Endpoint.BLOB, "a", "sha256:00")), Target.of("/v2/a/blobs/" + item));
  }

  @Test
  void leavesDotsToTheGrammarOfNames() {
    assertEquals(
        Optional.of(new Target(Endpoint.TAGS, "a/../b", "")), Target.of("/v2/a/../b/tags/list"));
  }
}
