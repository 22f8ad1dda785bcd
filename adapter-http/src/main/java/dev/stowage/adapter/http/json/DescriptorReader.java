package dev.stowage.adapter.http.json;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestUnsupportedException;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.MediaTypeInvalidException;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.LayoutEntry;
import dev.stowage.spi.ManifestReference;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads descriptors.
 *
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/descriptor.md">OCI image
 *     specification, descriptors</a>
 */
final class DescriptorReader {
  private final StrictJson json;

  private Optional<MediaType> mediaType = Optional.empty();
  private Optional<Digest> digest = Optional.empty();
  private OptionalLong size = OptionalLong.empty();
  private Map<String, String> annotations = Map.of();
  private boolean keepsAnnotations;

  DescriptorReader(StrictJson json) {
    this.json = json;
  }

  /** The descriptor that the current token begins. */
  ManifestReference read(EdgeRole role) {
    mediaType = Optional.empty();
    digest = Optional.empty();
    size = OptionalLong.empty();
    json.object(this::field);
    return new ManifestReference(
        role,
        mediaType.orElseThrow(() -> json.invalid("has no mediaType")),
        size.orElseThrow(() -> json.invalid("has no size")),
        digest.orElseThrow(() -> json.invalid("has no digest")));
  }

  /** The descriptor that the current token begins, as the index of a layout has it. */
  LayoutEntry readEntry() {
    annotations = Map.of();
    keepsAnnotations = true;
    ManifestReference read = read(EdgeRole.CHILD);
    keepsAnnotations = false;
    return new LayoutEntry(read.mediaType(), read.size(), read.digest(), annotations);
  }

  private void field(String name) {
    switch (name) {
      case "mediaType" -> mediaType = Optional.of(mediaType());
      case "digest" -> digest = Optional.of(digest());
      case "size" -> size = OptionalLong.of(json.natural());
      case "artifactType", "data" -> json.requireString();
      case "urls" -> json.array(json::requireString);
      case "annotations" -> annotations();
      case "platform" -> json.object(key -> json.skip());
      default -> json.skip();
    }
  }

  private void annotations() {
    if (keepsAnnotations) {
      annotations = json.texts();
    } else {
      json.object(key -> json.requireString());
    }
  }

  private MediaType mediaType() {
    String text = json.text();
    try {
      return new MediaType(text);
    } catch (MediaTypeInvalidException e) {
      throw json.invalid("is not a media type, such as application/octet-stream", e);
    }
  }

  private Digest digest() {
    String text = json.text();
    try {
      return Digest.parse(text);
    } catch (InvalidDigestException e) {
      throw json.invalid("is not a digest: " + e.reason(), e);
    } catch (DigestUnsupportedException e) {
      throw json.invalid("is of no use here: " + e.getMessage(), e);
    }
  }
}
