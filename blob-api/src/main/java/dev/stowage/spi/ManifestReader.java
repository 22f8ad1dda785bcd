package dev.stowage.spi;

import dev.stowage.blob.MediaType;
import java.nio.ByteBuffer;

/** Reads documents: turns a manifest's bytes into what it refers to. Safe for use by any thread. */
public interface ManifestReader {
  /**
   * Reads a manifest, strictly: the bytes are one JSON object in UTF-8, without duplicate keys and
   * without anything behind it; descriptors are well formed; a field that the type gives a meaning
   * to has the type's form. What is unknown is let be. Time and memory are bounded by the length.
   *
   * @param mediaType the type that it was pushed as; the document's own {@code mediaType}, where it
   *     has one, must be the same
   * @param content the remaining bytes of a buffer; its position is unchanged
   * @throws dev.stowage.registry.ManifestInvalidException if it is no manifest of that type, or
   *     holds what is not a digest of a supported algorithm where a digest belongs
   */
  ManifestContent read(MediaType mediaType, ByteBuffer content);
}
