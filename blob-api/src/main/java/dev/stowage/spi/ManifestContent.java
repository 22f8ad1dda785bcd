package dev.stowage.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a manifest says, as far as a registry cares.
 *
 * @param references what it refers to, in the document's order, its subject included
 * @param artifactType what it is as an artifact: its {@code artifactType}, or else, for an image,
 *     the media type of its config
 * @param annotations its own annotations, in the document's order; unmodifiable
 */
public record ManifestContent(
    List<ManifestReference> references,
    Optional<String> artifactType,
    Map<String, String> annotations) {
  /** Copies the collections. */
  public ManifestContent {
    references = List.copyOf(references);
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** The reference that is the subject, if there is one. */
  public Optional<ManifestReference> subject() {
    return references.stream().filter(r -> r.role() == EdgeRole.SUBJECT).findFirst();
  }
}
