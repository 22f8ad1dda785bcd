package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A manifest as this driver writes it.
 *
 * @param digest the digest of its bytes
 * @param mediaType what it is
 * @param bytes the bytes
 * @param blobs the blobs that it needs
 * @param children the manifests that it needs
 * @param subject the manifest that it refers to
 */
record Document(
    String digest,
    String mediaType,
    byte[] bytes,
    List<String> blobs,
    List<String> children,
    Optional<String> subject) {
  static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  static Document image(
      Content config, List<Content> layers, Optional<Document> subject, String note) {
    List<String> described = new ArrayList<>();
    List<String> blobs = new ArrayList<>(List.of(config.name()));
    for (Content layer : layers) {
      described.add(descriptor(LAYER, layer.name(), layer.size()));
      blobs.add(layer.name());
    }
    String about =
        subject
            .map(s -> ",\"subject\":" + descriptor(s.mediaType, s.digest, s.bytes.length))
            .orElse("");
    return of(
        IMAGE,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + IMAGE
            + "\",\"config\":"
            + descriptor(CONFIG, config.name(), config.size())
            + ",\"layers\":["
            + String.join(",", described)
            + "]"
            + about
            + ",\"annotations\":{\"proof\":\""
            + note
            + "\"}}",
        blobs,
        List.of(),
        subject.map(Document::digest));
  }

  static Document index(Collection<Document> children, String note) {
    return of(
        INDEX,
        "{\"schemaVersion\":2,\"mediaType\":\""
            + INDEX
            + "\",\"manifests\":["
            + String.join(
                ",",
                children.stream()
                    .map(c -> descriptor(c.mediaType, c.digest, c.bytes.length))
                    .toList())
            + "],\"annotations\":{\"proof\":\""
            + note
            + "\"}}",
        List.of(),
        children.stream().map(Document::digest).toList(),
        Optional.empty());
  }

  private static Document of(
      String mediaType,
      String json,
      List<String> blobs,
      List<String> children,
      Optional<String> subject) {
    byte[] bytes = json.getBytes(UTF_8);
    return new Document(
        Content.digest("sha256", bytes), mediaType, bytes, blobs, children, subject);
  }

  private static String descriptor(String mediaType, String digest, long size) {
    return "{\"mediaType\":\""
        + mediaType
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + size
        + "}";
  }
}
