package dev.stowage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import dev.stowage.contract.RegistryContract.Document;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestReference;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes manifests as the OCI image specification has them, of texts that need no escape. */
final class JsonManifests {
  private JsonManifests() {}

  static Document document(
      List<ManifestReference> references,
      Optional<String> artifactType,
      Map<String, String> annotations) {
    boolean image = !list(references, EdgeRole.CONFIG).isEmpty();
    StringBuilder json = new StringBuilder("{\"schemaVersion\":2");
    artifactType.ifPresent(type -> json.append(",\"artifactType\":\"" + type + "\""));
    if (image) {
      json.append(",\"config\":" + list(references, EdgeRole.CONFIG));
      json.append(",\"layers\":[" + list(references, EdgeRole.LAYER) + "]");
    } else {
      json.append(",\"manifests\":[" + list(references, EdgeRole.CHILD) + "]");
    }
    String subject = list(references, EdgeRole.SUBJECT);
    if (!subject.isEmpty()) {
      json.append(",\"subject\":" + subject);
    }
    if (!annotations.isEmpty()) {
      json.append(",\"annotations\":{" + pairs(annotations) + "}");
    }
    return new Document(
        image ? ManifestDocuments.OCI_IMAGE : ManifestDocuments.OCI_INDEX,
        ByteBuffer.wrap(json.append('}').toString().getBytes(UTF_8)));
  }

  private static String list(List<ManifestReference> references, EdgeRole role) {
    return references.stream()
        .filter(reference -> reference.role() == role)
        .map(JsonManifests::descriptor)
        .collect(joining(","));
  }

  private static String descriptor(ManifestReference reference) {
    return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}"
        .formatted(reference.mediaType(), reference.size(), reference.digest());
  }

  private static String pairs(Map<String, String> annotations) {
    return new TreeMap<>(annotations)
        .entrySet().stream()
            .map(each -> "\"" + each.getKey() + "\":\"" + each.getValue() + "\"")
            .collect(joining(","));
  }
}
