package dev.stowage.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * The fact that a manifest was deleted and can be restored: with its bytes, and with edges and
 * links of its own kind, all of which no reader of a repository ever sees.
 *
 * @param manifest the manifest; it carries no mark for review, since the hold is one
 * @param until from when on the collector may end the hold, on the store's clock: then it stands on
 *     the review queue
 * @param since when it was deleted, by the wall clock, in milliseconds precision
 * @param actor the name of who deleted it
 */
public record Hold(StoredManifest manifest, StoreTime until, Instant since, String actor) {
  /** Takes the manifest's mark off. */
  public Hold {
    manifest = manifest.withReview(Optional.empty());
  }

  /** The same hold, to end at another time. */
  public Hold endingAt(StoreTime other) {
    return new Hold(manifest, other, since, actor);
  }
}
