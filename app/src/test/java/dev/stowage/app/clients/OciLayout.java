package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An OCI image layout that somebody wrote into a directory. */
record OciLayout(Path directory) {
  private static final JsonMapper JSON = new JsonMapper();

  /** The manifest or index that a name of the layout stands for. */
  String digest(String name) throws IOException {
    JsonNode index = JSON.readTree(Files.readAllBytes(directory.resolve("index.json")));
    for (JsonNode entry : index.path("manifests")) {
      JsonNode annotations = entry.path("annotations");
      if (annotations.path("org.opencontainers.image.ref.name").asString("").equals(name)) {
        return entry.path("digest").asString();
      }
    }
    throw new IllegalArgumentException("no " + name + " in " + index);
  }

  /**
   * The digests of a manifest or index and of all that it refers to. Each of them has been compared
   * with the bytes here, so two layouts with equal contents hold equal bytes.
   */
  Set<String> contents(String digest) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    collect(digest, found);
    return found;
  }

  String config(String manifest) throws IOException {
    return document(manifest).path("config").path("digest").asString();
  }

  List<String> layers(String manifest) throws IOException {
    return digests(document(manifest).path("layers"));
  }

  List<String> children(String index) throws IOException {
    return digests(document(index).path("manifests"));
  }

  /** The digests of the layers before compression. */
  List<String> diffIds(String manifest) throws IOException {
    return StreamSupport.stream(
            document(config(manifest)).path("rootfs").path("diff_ids").spliterator(), false)
        .map(JsonNode::asString)
        .toList();
  }

  /** The digests of what the compressed layers hold, computed from their bytes. */
  List<String> unpackedLayers(String manifest) throws IOException {
    List<String> unpacked = new ArrayList<>();
    for (String layer : layers(manifest)) {
      try (InputStream content = new GZIPInputStream(Files.newInputStream(blob(layer)))) {
        unpacked.add(Sha256.of(content));
      }
    }
    return unpacked;
  }

  Path blob(String digest) {
    return directory.resolve("blobs").resolve(digest.replace(':', '/'));
  }

  private JsonNode document(String digest) throws IOException {
    return JSON.readTree(Files.readAllBytes(blob(digest)));
  }

  private void collect(String digest, Set<String> found) throws IOException {
    add(digest, found);
    for (String child : children(digest)) {
      collect(child, found);
    }
    if (document(digest).has("config")) {
      add(config(digest), found);
    }
    for (String layer : layers(digest)) {
      add(layer, found);
    }
  }

  private void add(String digest, Set<String> found) throws IOException {
    assertEquals(digest, Sha256.of(blob(digest)), "bytes of " + blob(digest));
    found.add(digest);
  }

  private static List<String> digests(JsonNode descriptors) {
    return StreamSupport.stream(descriptors.spliterator(), false)
        .map(descriptor -> descriptor.path("digest").asString())
        .toList();
  }
}
