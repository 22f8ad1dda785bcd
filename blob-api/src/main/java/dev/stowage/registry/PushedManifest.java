package dev.stowage.registry;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What became of a pushed manifest.
 *
 * @param name the digest that it was pushed with, or the canonical one where it was pushed by tag
 * @param descriptor its media type, size and canonical digest
 * @param tags the tags that point at it by this push, in the order in which they were given
 * @param subject the subject that it refers to, as the manifest names it
 */
public record PushedManifest(
    Digest name, Descriptor descriptor, List<Tag> tags, Optional<Digest> subject) {
  /** Copies the tags. */
  public PushedManifest {
    tags = List.copyOf(tags);
  }
}
