package dev.stowage.app.property;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.spi.EdgeRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A manifest that may be pushed.
 *
 * @param mediaType the type that it is pushed as
 * @param text the document
 * @param parts what it refers to
 * @param artifactType what it is as a referrer
 */
record Document(MediaType mediaType, String text, List<Part> parts, Optional<String> artifactType) {
  /**
   * Something that a document refers to.
   *
   * @param digest as the document gives it
   * @param size as the document says it, in bytes
   * @param needed whether the document may not be pushed without it
   */
  record Part(EdgeRole role, MediaType mediaType, Digest digest, long size, boolean needed) {
    String json() {
      return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
          .formatted(mediaType, digest, size);
    }
  }

  Document {
    parts = List.copyOf(parts);
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  Digest digest(DigestAlgorithm algorithm) {
    return Digest.of(algorithm, ByteBuffer.wrap(bytes()));
  }

  Digest canonical() {
    return digest(DigestAlgorithm.SHA256);
  }
}
