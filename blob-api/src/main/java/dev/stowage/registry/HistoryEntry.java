package dev.stowage.registry;

import dev.stowage.blob.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * One change that was made to a tag or a manifest of a repository.
 *
 * @param number its place in the repository's history: a later change has a larger one
 * @param at when it was made, by the wall clock, in milliseconds precision
 * @param actor the name of who made it
 * @param change what was done
 * @param tag the tag that it was done to; without one it was done to a manifest
 * @param from what the tag pointed at before, or the manifest that was deleted
 * @param to what the tag points at since then, or the manifest that was restored
 */
public record HistoryEntry(
    long number,
    Instant at,
    String actor,
    Change change,
    Optional<Tag> tag,
    Optional<Version> from,
    Optional<Version> to) {
  /** What may be done. */
  public enum Change {
    /** A tag was given to a manifest, which had not been there. */
    SET,
    /** A tag was moved from one manifest to another. */
    MOVED,
    /** A tag, or a manifest, was deleted. */
    DELETED,
    /** A tag, or a manifest, was brought back. */
    RESTORED
  }

  /**
   * A manifest, as it is named.
   *
   * @param manifest its canonical digest
   * @param pushedWith the digest that it was pushed with
   */
  public record Version(Digest manifest, Digest pushedWith) {
    @Override
    public String toString() {
      return pushedWith.toString();
    }
  }
}
