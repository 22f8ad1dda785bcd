package dev.stowage.adapter.http.json;

import dev.stowage.blob.MediaType;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one document, once, and keeps what was found until the end of it. */
final class DocumentReader {
  private final MediaType pushedAs;
  private final ManifestForm form;
  private final StrictJson json;
  private final DescriptorReader descriptors;

  private final Set<String> found = new HashSet<>();
  private final List<ManifestReference> parts = new ArrayList<>();
  private Optional<ManifestReference> config = Optional.empty();
  private Optional<ManifestReference> subject = Optional.empty();
  private Optional<String> artifactType = Optional.empty();
  private Map<String, String> annotations = Map.of();

  DocumentReader(MediaType pushedAs, ManifestForm form, StrictJson json) {
    this.pushedAs = pushedAs;
    this.form = form;
    this.json = json;
    this.descriptors = new DescriptorReader(json);
  }

  ManifestContent read() {
    json.start();
    json.object(this::field);
    json.end();
    checkFields();
    List<ManifestReference> references = new ArrayList<>(parts.size() + 2);
    config.ifPresent(references::add);
    references.addAll(parts);
    subject.ifPresent(references::add);
    return new ManifestContent(references, effectiveArtifactType(), annotations);
  }

  private void field(String name) {
    if (form.forbidden().contains(name)) {
      throw json.invalid("does not belong into a document of type " + pushedAs);
    }
    switch (name) {
      case "schemaVersion" -> schemaVersion();
      case "mediaType" -> mediaType();
      case "fsLayers" -> throw ManifestForm.schema1();
      case "artifactType" -> artifactType = Optional.of(json.text()).filter(t -> !t.isEmpty());
      case "annotations" -> annotations = json.texts();
      case "config" -> config = Optional.of(descriptors.read(EdgeRole.CONFIG));
      case "subject" -> subject = Optional.of(descriptors.read(EdgeRole.SUBJECT));
      case "layers" -> parts(EdgeRole.LAYER);
      case "manifests" -> parts(EdgeRole.CHILD);
      case "blobs" -> blobs();
      default -> {
        json.skip();
        return;
      }
    }
    found.add(name);
  }

  private void schemaVersion() {
    if (json.isInteger(1)) {
      throw ManifestForm.schema1();
    }
    if (form != ManifestForm.ARTIFACT && !json.isInteger(2)) {
      throw json.invalid("is not the integer 2");
    }
    json.skip();
  }

  private void mediaType() {
    String declared = json.text();
    if (!declared.equals(pushedAs.value())) {
      throw json.invalid(
          "is " + JsonPlace.quote(declared) + ", but the document was pushed as " + pushedAs);
    }
  }

  private void parts(EdgeRole role) {
    json.array(() -> parts.add(descriptors.read(role)));
  }

  /** Of the artifact manifests that OCI and ORAS had for a while; elsewhere it means nothing. */
  private void blobs() {
    if (form == ManifestForm.ARTIFACT) {
      parts(EdgeRole.LAYER);
    } else {
      json.skip();
    }
  }

  private void checkFields() {
    for (String name : form.required()) {
      if (!found.contains(name)) {
        throw new ManifestInvalidException("a document of type " + pushedAs + " needs " + name);
      }
    }
    if (found.contains("manifests") && (found.contains("layers") || found.contains("blobs"))) {
      throw new ManifestInvalidException(
          "a document has either manifests or layers, this one has both");
    }
  }

  private Optional<String> effectiveArtifactType() {
    return form == ManifestForm.IMAGE
        ? artifactType.or(() -> config.map(c -> c.mediaType().value()))
        : artifactType;
  }
}
