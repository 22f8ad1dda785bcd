package dev.stowage.maintenance;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a collection did, or would do.
 *
 * @param tags how many tags a retention rule removed
 * @param manifests how many manifests were removed
 * @param holds how many deleted manifests can be restored no longer
 * @param links how many links to blobs were removed
 * @param blobs how many blobs lost their last link
 * @param bytes how many bytes those blobs had
 * @param leftovers how many placements of earlier removals were freed at last
 * @param took how long it took
 * @param waiting what stays on the review queue, where somebody has asked for that
 * @param notBefore how long nothing is removed yet, since the store has been open for less than one
 *     lease: who was told before that something is here may still rely on it
 * @param notes what a person should know besides
 */
public record CollectionReport(
    long tags,
    long manifests,
    long holds,
    long links,
    long blobs,
    long bytes,
    long leftovers,
    Duration took,
    Optional<Waiting> waiting,
    Optional<Duration> notBefore,
    List<String> notes) {
  /** Copies the notes. */
  public CollectionReport {
    notes = List.copyOf(notes);
  }

  /** The same, with what stays on the review queue. */
  public CollectionReport with(Waiting queue) {
    return new CollectionReport(
        tags,
        manifests,
        holds,
        links,
        blobs,
        bytes,
        leftovers,
        took,
        Optional.of(queue),
        notBefore,
        notes);
  }

  /** Whether anything was removed. */
  public boolean removedAnything() {
    return tags + manifests + holds + links + blobs + leftovers > 0;
  }
}
