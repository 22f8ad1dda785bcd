package dev.stowage.blob;

/**
 * What is known of content without reading it.
 *
 * @param mediaType what the bytes are
 * @param size how many bytes there are
 * @param digest their canonical (SHA-256) digest
 */
public record Descriptor(MediaType mediaType, long size, Digest digest) {
  /** Refuses a negative size or a digest that is not canonical: those are errors of the caller. */
  public Descriptor {
    if (size < 0) {
      throw new IllegalArgumentException("a size is not negative: " + size);
    }
    if (!digest.isCanonical()) {
      throw new IllegalArgumentException("a descriptor takes a canonical digest, not " + digest);
    }
  }
}
