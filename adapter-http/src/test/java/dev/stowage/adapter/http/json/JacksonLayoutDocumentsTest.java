package dev.stowage.adapter.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.LayoutEntry;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonLayoutDocumentsTest {
  private static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
  private final LayoutDocuments documents = new JacksonLayoutDocuments();

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Test
  void readsTheIndexThatItWrote() {
    List<LayoutEntry> entries =
        List.of(
            new LayoutEntry(
                INDEX,
                7,
                Digest.canonical(bytes("a")),
                Map.of(LayoutEntry.REF_NAME, "v1 \"\u00e9\"")),
            new LayoutEntry(INDEX, 0, Digest.of(DigestAlgorithm.SHA512, bytes("b")), Map.of()));
    assertEquals(entries, documents.index(documents.index(entries)));
    assertEquals(List.of(), documents.index(documents.index(List.of())));
    assertEquals("v1 \"\u00e9\"", entries.get(0).name().orElseThrow());
  }

  @Test
  void checksTheMarkerThatItWrote() {
    documents.checkMarker(documents.marker());
    documents.checkMarker(bytes("{\"other\": [1], \"imageLayoutVersion\": \"1.1.0\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"imageLayoutVersion\": 1}",
        "{\"imageLayoutVersion\": \"2.0\"}"
      })
  void refusesAnotherMarker(String document) {
    assertThrows(ManifestInvalidException.class, () -> documents.checkMarker(bytes(document)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{\"manifests\": {}}",
        "{\"manifests\": [{}]}",
        "{\"manifests\": []} x",
        "{\"manifests\": [{\"mediaType\": \"a/b\", \"size\": -1, \"digest\": \"sha256:00\"}]}",
        "{\"manifests\": [{\"mediaType\": \"a/b\", \"size\": 1, \"digest\": \"../../etc\"}]}"
      })
  void refusesWhatIsNoIndex(String document) {
    assertThrows(ManifestInvalidException.class, () -> documents.index(bytes(document)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"mediaType\": \"a/b\", \"config\": {}} | a/b",
        "{\"manifests\": []} | application/vnd.oci.image.index.v1+json",
        "{\"config\": {}, \"layers\": []} | application/vnd.oci.image.manifest.v1+json"
      })
  void tellsTheTypeOfAManifest(String document, String type) {
    assertEquals(new MediaType(type), documents.typeOf(bytes(document)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "x", "{\"fsLayers\": []}", "{\"mediaType\": 1}"})
  void refusesWhatHasNotTheFormOfAManifest(String document) {
    assertThrows(ManifestInvalidException.class, () -> documents.typeOf(bytes(document)));
  }
}
