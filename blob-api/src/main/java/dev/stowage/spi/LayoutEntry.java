package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A manifest that the index of an OCI image layout lists.
 *
 * @param mediaType what it is
 * @param size its size in bytes
 * @param digest its digest, in any supported algorithm
 * @param annotations what the index says of it, in the index's order; unmodifiable
 */
public record LayoutEntry(
    MediaType mediaType, long size, Digest digest, Map<String, String> annotations) {
  /** The annotation that names a manifest. */
  public static final String REF_NAME = "org.opencontainers.image.ref.name";

  /** Copies the annotations. */
  public LayoutEntry {
    annotations = Collections.unmodifiableMap(new LinkedHashMap<>(annotations));
  }

  /** What the index calls it. */
  public Optional<String> name() {
    return Optional.ofNullable(annotations.get(REF_NAME));
  }
}
