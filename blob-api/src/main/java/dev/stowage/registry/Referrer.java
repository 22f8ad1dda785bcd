package dev.stowage.registry;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest that has another one as its subject.
 *
 * @param name the digest that it was pushed with
 * @param descriptor the referring manifest's media type, size and canonical digest
 * @param artifactType what it is: its {@code artifactType}, or else the media type of its config
 * @param annotations its annotations, in their order; unmodifiable
 * @see <a href=
 *     "https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">OCI
 *     distribution specification, listing referrers</a>
 */
public record Referrer(
    Digest name,
    Descriptor descriptor,
    Optional<String> artifactType,
    Map<String, String> annotations) {
  /** Copies the annotations. */
  public Referrer {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }
}
