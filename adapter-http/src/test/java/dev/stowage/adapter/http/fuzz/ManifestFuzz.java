package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.MediaTypeInvalidException;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A manifest is refused as invalid, or every descriptor in it is found, in its place. */
public final class ManifestFuzz {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final MediaType IMAGE =
      new MediaType("application/vnd.oci.image.manifest.v1+json");

  private ManifestFuzz() {}

  /** Tries one input: a line with a media type, and the document. */
  public static void fuzzerTestOneInput(byte[] input) {
    int end = 0;
    while (end < input.length && input[end] != '\n') {
      end++;
    }
    MediaType mediaType = mediaType(new String(input, 0, end, StandardCharsets.UTF_8));
    int begin = Math.min(input.length, end + 1);
    ByteBuffer document = ByteBuffer.wrap(input, begin, input.length - begin);
    ManifestContent content;
    try {
      content = new JacksonManifestReader().read(mediaType, document);
    } catch (ManifestInvalidException e) {
      FuzzInput.require(e.getMessage().length() < 2_000, "a refusal is short");
      return;
    }
    FuzzInput.require(document.position() == begin, "the buffer is as it was");
    JsonNode tree = MAPPER.readTree(input, begin, input.length - begin);
    List<String> expected = new ArrayList<>();
    add(expected, EdgeRole.CONFIG, tree.get("config"));
    for (String list : List.of("layers", "manifests", "blobs")) {
      if (list.equals("blobs") && isKnown(mediaType)) {
        continue;
      }
      JsonNode parts = tree.get(list);
      if (parts != null) {
        parts.forEach(
            part ->
                add(expected, list.equals("manifests") ? EdgeRole.CHILD : EdgeRole.LAYER, part));
      }
    }
    add(expected, EdgeRole.SUBJECT, tree.get("subject"));
    List<String> actual = content.references().stream().map(ManifestFuzz::line).toList();
    // Two lists of one kind stand in the document's order.
    FuzzInput.require(
        expected.stream().sorted().toList().equals(actual.stream().sorted().toList()),
        expected + " is not " + actual);
  }

  private static MediaType mediaType(String line) {
    try {
      return new MediaType(line);
    } catch (MediaTypeInvalidException e) {
      return IMAGE;
    }
  }

  /** Whether the type says what {@code blobs} is: nothing. */
  private static boolean isKnown(MediaType mediaType) {
    return List.of(
            IMAGE.value(),
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json",
            "application/vnd.docker.distribution.manifest.list.v2+json")
        .contains(mediaType.value());
  }

  private static void add(List<String> lines, EdgeRole role, @Nullable JsonNode descriptor) {
    if (descriptor != null) {
      lines.add(
          role
              + " "
              + descriptor.get("mediaType").asString()
              + " "
              + descriptor.get("digest").asString()
              + " "
              + descriptor.get("size").asLong());
    }
  }

  private static String line(ManifestReference reference) {
    return reference.role()
        + " "
        + reference.mediaType()
        + " "
        + reference.digest()
        + " "
        + reference.size();
  }
}
