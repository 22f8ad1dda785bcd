package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import java.util.List;
import java.util.Set;

/** What a manifest's media type demands of the document, and forbids. */
enum ManifestForm {
  /** A config and layers. */
  IMAGE,
  /** A list of manifests. */
  INDEX,
  /** Whatever a type that is not known here may mean. */
  ARTIFACT;

  static final MediaType OCI_INDEX = new MediaType("application/vnd.oci.image.index.v1+json");

  /** The form that goes with a type; a type that no manifest has is refused. */
  static ManifestForm of(MediaType mediaType) {
    return switch (mediaType.value()) {
      case "application/vnd.oci.image.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v2+json" ->
          IMAGE;
      case "application/vnd.oci.image.index.v1+json",
          "application/vnd.docker.distribution.manifest.list.v2+json" ->
          INDEX;
      case "application/vnd.docker.distribution.manifest.v1+json",
          "application/vnd.docker.distribution.manifest.v1+prettyjws" ->
          throw schema1();
      default -> {
        if (!mediaType.value().endsWith("+json")) {
          throw new ManifestInvalidException(
              mediaType + " is no type of a manifest; expected is one that ends in +json");
        }
        yield ARTIFACT;
      }
    };
  }

  static ManifestInvalidException schema1() {
    return new ManifestInvalidException(
        "Docker schema 1 manifests are not supported; push schema 2 or OCI");
  }

  /** The fields that the document must have. */
  List<String> required() {
    return switch (this) {
      case IMAGE -> List.of("schemaVersion", "config", "layers");
      case INDEX -> List.of("schemaVersion", "manifests");
      case ARTIFACT -> List.of();
    };
  }

  /** The fields that the document must not have, for they would make it two things at once. */
  Set<String> forbidden() {
    return switch (this) {
      case IMAGE -> Set.of("manifests");
      case INDEX -> Set.of("config", "layers");
      case ARTIFACT -> Set.of();
    };
  }
}
