package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms that manifests may have, each of which is kept byte for byte. */
class ManifestFormsTest extends ServerTest {
  private static final String DOCKER_IMAGE = "application/vnd.docker.distribution.manifest.v2+json";
  private static final String DOCKER_LIST =
      "application/vnd.docker.distribution.manifest.list.v2+json";
  private static final String DOCKER_CONFIG = "application/vnd.docker.container.image.v1+json";
  private static final String DOCKER_LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";
  private static final byte[] EMPTY = bytes("{}");

  /** Pushes a manifest by tag and by digest and looks at it in every way. */
  private void assertKept(String type, String document) throws IOException {
    String digest = sha256(bytes(document));
    pushManifest("a", "kept", type, document);
    assertEquals(
        digest, header(pushManifest("a", digest, type, document), "Docker-Content-Digest"));
    for (String reference : new String[] {"kept", digest}) {
      HttpResponse<byte[]> got = get("/v2/a/manifests/" + reference);
      assertArrayEquals(bytes(document), got.body());
      assertEquals(type, header(got, "Content-Type"));
      assertEquals(digest, header(got, "Docker-Content-Digest"));
    }
  }

  private String config() throws IOException {
    return descriptor(CONFIG, pushBlob("a", EMPTY), EMPTY.length);
  }

  private static String imageOf(String type, String config, String layers) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
        .formatted(type, config, layers);
  }

  @Test
  void takesAnImageWithoutLayers() throws IOException {
    assertKept(IMAGE, imageOf(IMAGE, config(), ""));
  }

  @Test
  void takesAnIndexOfNothing() throws IOException {
    assertKept(INDEX, index("", ""));
  }

  @Test
  void takesAnIndexOfIndexes() throws IOException {
    String image = image("a", "v1");
    pushManifest("a", sha256(bytes(image)), IMAGE, image);
    String inner = index(descriptor(IMAGE, image), "");
    pushManifest("a", sha256(bytes(inner)), INDEX, inner);
    assertKept(INDEX, index(descriptor(INDEX, inner) + "," + descriptor(IMAGE, image), ""));
  }

  @Test
  void takesAnIndexOfIndexesAThousandDeep() throws IOException {
    String document = index("", "");
    for (int i = 0; i < 1000; i++) {
      pushManifest("a", sha256(bytes(document)), INDEX, document);
      document = index(descriptor(INDEX, document), "");
    }
    assertKept(INDEX, document);
    assertEquals(202, delete("/v2/a/manifests/" + sha256(bytes(document))).statusCode());
  }

  @Test
  void takesFieldsThatItDoesNotKnow() throws IOException {
    assertKept(IMAGE, image("a", "v1", ",\"x\":{\"y\":[1.5,null,true,\"\\u00e4\"]} ,\"z\":1e3\n"));
  }

  @Test
  void takesContentThatStandsInADescriptor() throws IOException {
    String digest = pushBlob("a", EMPTY);
    String config =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":2,\"data\":\"e30=\"}"
            .formatted(CONFIG, digest);
    assertKept(IMAGE, imageOf(IMAGE, config, ""));
  }

  @Test
  void takesArtifactsOfAnyType() throws IOException {
    String empty =
        descriptor("application/vnd.oci.empty.v1+json", pushBlob("a", EMPTY), EMPTY.length);
    String artifact =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"artifactType\":\"a/vnd.b\",\"config\":%s,"
            + "\"layers\":[%s]}";
    assertKept(IMAGE, artifact.formatted(IMAGE, empty, empty));
    assertKept(IMAGE, imageOf(IMAGE, descriptor("x/vnd.y", pushBlob("a", EMPTY), 2), empty));
  }

  @Test
  void takesManifestsOfTypesThatItDoesNotKnow() throws IOException {
    String type = "application/vnd.example.manifest+json";
    assertKept(type, "{\"mediaType\":\"" + type + "\"}");
    assertKept(type, "{\"config\":" + config() + "}");
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "v1", "application/zip", "{}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
        "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
      })
  void takesLayersThatOthersDistribute(String type) throws IOException {
    String layer =
        "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":9,\"urls\":[\"https://a.example/x\"]}"
            .formatted(type, sha256(bytes("elsewhere")));
    assertKept(IMAGE, imageOf(IMAGE, config(), layer));
  }

  @Test
  void takesImagesAndListsOfDocker() throws IOException {
    byte[] layer = bytes("a layer");
    String image =
        imageOf(
            DOCKER_IMAGE,
            descriptor(DOCKER_CONFIG, pushBlob("a", EMPTY), EMPTY.length),
            descriptor(DOCKER_LAYER, pushBlob("a", layer), layer.length));
    assertKept(DOCKER_IMAGE, image);
    String list =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
            .formatted(DOCKER_LIST, descriptor(DOCKER_IMAGE, image));
    assertKept(DOCKER_LIST, list);
    assertRefused(405, "UNSUPPORTED", delete("/v2/a/manifests/" + sha256(bytes(image))));
    assertRefused(400, "MANIFEST_BLOB_UNKNOWN", putManifest("b", "v1", DOCKER_IMAGE, image));
    assertRefused(400, "MANIFEST_INVALID", putManifest("a", "v1", IMAGE, image));
  }

  @Test
  void takesManifestsWithoutATypeInTheDocument() throws IOException {
    assertKept(IMAGE, image("a", "v1").replace("\"mediaType\":\"" + IMAGE + "\",", ""));
  }

  @Test
  void takesManifestsOfWhatIsMissingIfItIsToldTo() throws IOException {
    use(TestRegistry.sparse());
    String missing = sha256(bytes("missing"));
    assertKept(
        IMAGE, imageOf(IMAGE, descriptor(CONFIG, missing, 7), descriptor(LAYER, missing, 7)));
    assertKept(INDEX, index(descriptor(IMAGE, missing, 7), ""));
  }

  @Test
  void takesWhatABrowserShouldNotFollow() throws IOException {
    assertKept(
        IMAGE,
        image(
            "a",
            "v1",
            ",\"annotations\":{\"k\\u0000\\u001b[2J\":\"<script>alert(1)</script>\"},"
                + "\"x\":{\"urls\":[\"javascript:alert(1)\",\"file:///etc/passwd\"]}"));
    HttpResponse<byte[]> got = get("/v2/a/manifests/kept");
    assertEquals("nosniff", header(got, "X-Content-Type-Options"));
  }

  @Test
  void takesThreeMegabytesOfAnnotations() throws IOException {
    assertKept(IMAGE, image("a", "v1", ",\"annotations\":{\"k\":\"" + "x".repeat(3 << 20) + "\"}"));
  }

  @Test
  void takesChainsOfSubjects() throws IOException {
    String document = image("a", "v0");
    for (int i = 1; i <= 50; i++) {
      pushManifest("a", "v", IMAGE, document);
      String next = image("a", "v" + i, ",\"subject\":" + descriptor(IMAGE, document));
      pushManifest("a", "v", IMAGE, next);
      String listed = text(get("/v2/a/referrers/" + sha256(bytes(document))));
      assertTrue(listed.contains(sha256(bytes(next))), listed);
      assertEquals(1, listed.split("\"digest\"", -1).length - 1, listed);
      document = next;
    }
  }

  @Test
  void takesThousandsOfEntriesAndNamesAFewOfThoseThatAreMissing() throws IOException {
    String entries =
        IntStream.range(0, 25_000)
            .mapToObj(i -> descriptor(IMAGE, sha256(bytes("m" + i)), 7))
            .collect(Collectors.joining(","));
    HttpResponse<byte[]> refused = putManifest("a", "v1", INDEX, index(entries, ""));
    assertRefused(400, "MANIFEST_BLOB_UNKNOWN", refused);
    assertTrue(refused.body().length < 20_000, () -> refused.body().length + " bytes");
    String more = entries + "," + entries + "," + entries + "," + entries;
    assertRefused(413, "SIZE_INVALID", putManifest("a", "v1", INDEX, index(more, "")));
  }
}
