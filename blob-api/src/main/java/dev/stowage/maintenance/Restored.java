package dev.stowage.maintenance;

import dev.stowage.blob.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What was brought back.
 *
 * @param manifest what is there now
 * @param before what the tag pointed at until now, if a tag was restored and did so
 * @param moved whether a tag was given or moved
 * @param manifests the manifests that had been deleted
 * @param blobs the blobs that had been unlinked
 */
public record Restored(
    Digest manifest,
    Optional<Digest> before,
    boolean moved,
    List<Digest> manifests,
    List<Digest> blobs) {
  /** Copies the lists. */
  public Restored {
    manifests = List.copyOf(manifests);
    blobs = List.copyOf(blobs);
  }
}
