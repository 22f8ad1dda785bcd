package dev.stowage.app.property;

import static dev.stowage.blob.DigestAlgorithm.SHA256;
import static dev.stowage.blob.DigestAlgorithm.SHA512;

import dev.stowage.app.property.Document.Part;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All the content that sequences push. It is little, so that they meet the same again and again.
 */
final class Universe {
  static final List<RepositoryName> REPOSITORIES =
      Stream.of("one", "one/more", "other").map(RepositoryName::new).toList();
  static final List<Tag> TAGS = Stream.of("1.0", "Latest", "latest", "z").map(Tag::new).toList();
  static final String SBOM = "application/vnd.example.sbom";

  private static final MediaType IMAGE =
      new MediaType("application/vnd.oci.image.manifest.v1+json");
  private static final MediaType DOCKER_IMAGE =
      new MediaType("application/vnd.docker.distribution.manifest.v2+json");
  private static final MediaType INDEX = new MediaType("application/vnd.oci.image.index.v1+json");
  private static final MediaType ARTIFACT = new MediaType("application/vnd.example.thing+json");
  private static final MediaType LAYER = new MediaType("application/vnd.oci.image.layer.v1.tar");
  private static final MediaType FOREIGN_LAYER =
      new MediaType("application/vnd.oci.image.layer.nondistributable.v1.tar");

  private final List<byte[]> contents = new ArrayList<>();
  private final List<Document> documents = new ArrayList<>();

  private Universe() {
    for (String text : List.of("", "{}", "a", "layer", "another layer", "last")) {
      contents.add(text.getBytes(StandardCharsets.UTF_8));
    }
    contents.add(new byte[70_000]);
    images();
    // A blob that has the bytes of a manifest.
    contents.add(documents.get(0).bytes());
    indexes();
    oddities();
  }

  /** All content. */
  static Universe make() {
    return new Universe();
  }

  List<byte[]> contents() {
    return contents;
  }

  List<Document> documents() {
    return documents;
  }

  /** Every digest that content and documents have, each once. */
  List<Digest> digests() {
    Stream<byte[]> all = Stream.concat(contents.stream(), documents.stream().map(Document::bytes));
    return Stream.concat(
            all.flatMap(bytes -> Stream.of(digest(SHA256, bytes), digest(SHA512, bytes))),
            Stream.of(ghost()))
        .distinct()
        .sorted()
        .toList();
  }

  static Digest digest(DigestAlgorithm algorithm, byte[] bytes) {
    return Digest.of(algorithm, ByteBuffer.wrap(bytes));
  }

  /** The digest of what is never pushed. */
  private static Digest ghost() {
    return digest(SHA256, new byte[] {1});
  }

  private void images() {
    image(blob(EdgeRole.CONFIG, 1, SHA256), blob(EdgeRole.LAYER, 2, SHA256));
    image(blob(EdgeRole.CONFIG, 1, SHA256), blob(EdgeRole.LAYER, 3, SHA256));
    image(
        blob(EdgeRole.CONFIG, 0, SHA256),
        blob(EdgeRole.LAYER, 3, SHA256),
        blob(EdgeRole.LAYER, 3, SHA256),
        blob(EdgeRole.LAYER, 6, SHA256));
    // A layer by its other name; the same as both.
    image(blob(EdgeRole.CONFIG, 1, SHA256), blob(EdgeRole.LAYER, 4, SHA512));
    image(
        blob(EdgeRole.CONFIG, 2, SHA256),
        blob(EdgeRole.LAYER, 2, SHA256),
        blob(EdgeRole.LAYER, 2, SHA512));
    // Referrers, and referrers of referrers.
    image(blob(EdgeRole.CONFIG, 1, SHA256), subject(0, SHA256));
    image(blob(EdgeRole.CONFIG, 1, SHA256), blob(EdgeRole.LAYER, 5, SHA256), subject(0, SHA256));
    image(blob(EdgeRole.CONFIG, 1, SHA256), subject(5, SHA256));
    image(blob(EdgeRole.CONFIG, 1, SHA256), subject(1, SHA512));
    image(blob(EdgeRole.CONFIG, 1, SHA256), new Part(EdgeRole.SUBJECT, IMAGE, ghost(), 7, false));
  }

  private void indexes() {
    index(child(0, SHA256), child(1, SHA256));
    index(child(2, SHA256), child(10, SHA256));
    index(child(1, SHA512), subject(0, SHA256));
    index();
    // Build caches list blobs.
    index(blob(EdgeRole.CHILD, 3, SHA256), child(0, SHA256));
  }

  private void oddities() {
    Document first = documents.get(0);
    documents.add(new Document(DOCKER_IMAGE, first.text(), first.parts(), first.artifactType()));
    artifact(blob(EdgeRole.LAYER, 4, SHA256), subject(2, SHA256));
    artifact(subject(10, SHA256));
    byte[] layer = contents.get(5);
    image(
        blob(EdgeRole.CONFIG, 1, SHA256),
        new Part(EdgeRole.LAYER, LAYER, digest(SHA256, layer), layer.length + 1L, true));
    image(
        blob(EdgeRole.CONFIG, 1, SHA256),
        new Part(EdgeRole.LAYER, FOREIGN_LAYER, digest(SHA256, layer), layer.length, false));
    image(blob(EdgeRole.CONFIG, 1, SHA256), new Part(EdgeRole.LAYER, LAYER, ghost(), 1, true));
  }

  private Part blob(EdgeRole role, int content, DigestAlgorithm algorithm) {
    byte[] bytes = contents.get(content);
    return new Part(role, LAYER, digest(algorithm, bytes), bytes.length, true);
  }

  private Part child(int document, DigestAlgorithm algorithm) {
    return manifest(EdgeRole.CHILD, document, algorithm, true);
  }

  private Part subject(int document, DigestAlgorithm algorithm) {
    return manifest(EdgeRole.SUBJECT, document, algorithm, false);
  }

  private Part manifest(EdgeRole role, int document, DigestAlgorithm algorithm, boolean needed) {
    Document target = documents.get(document);
    return new Part(
        role, target.mediaType(), target.digest(algorithm), target.bytes().length, needed);
  }

  private void image(Part... parts) {
    String text =
        "{\"schemaVersion\":2,\"config\":%s,\"layers\":[%s]%s,\"annotations\":{\"n\":\"%d\"}}"
            .formatted(
                list(EdgeRole.CONFIG, parts),
                list(EdgeRole.LAYER, parts),
                subject(parts),
                documents.size());
    documents.add(new Document(IMAGE, text, List.of(parts), Optional.of(LAYER.value())));
  }

  private void index(Part... parts) {
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]%s}"
            .formatted(INDEX, list(EdgeRole.CHILD, parts), subject(parts));
    documents.add(new Document(INDEX, text, List.of(parts), Optional.empty()));
  }

  private void artifact(Part... parts) {
    String text =
        "{\"artifactType\":\"%s\",\"blobs\":[%s]%s}"
            .formatted(SBOM, list(EdgeRole.LAYER, parts), subject(parts));
    documents.add(new Document(ARTIFACT, text, List.of(parts), Optional.of(SBOM)));
  }

  private static String list(EdgeRole role, Part... parts) {
    return Stream.of(parts)
        .filter(part -> part.role() == role)
        .map(Part::json)
        .collect(Collectors.joining(","));
  }

  private static String subject(Part... parts) {
    String subject = list(EdgeRole.SUBJECT, parts);
    return subject.isEmpty() ? "" : ",\"subject\":" + subject;
  }
}
