package dev.stowage.maintenance;

import java.time.Duration;

/**
 * What may be chosen about the removal of what nothing refers to. Every time may be zero. All of
 * them run while the store is open, and no wall clock moves them.
 *
 * @param grace how long a blob's link stays that no manifest of its repository refers to
 * @param lease how long everything stays that somebody was told of
 * @param untagged how long manifests stay that nothing names
 * @param retention which tags are kept
 * @param plain whether links are kept for ever
 * @param uploads how long uploads stay that nobody touches
 * @param history how long the history of changes is kept, and what was deleted can be restored;
 *     zero: nothing is kept. What was deleted frees its space only after the longer of this and
 *     grace
 */
public record CollectionPolicy(
    Duration grace,
    Duration lease,
    UntaggedPolicy untagged,
    RetentionPolicy retention,
    boolean plain,
    Duration uploads,
    Duration history) {
  /** Refuses times that make no sense. */
  public CollectionPolicy {
    if (grace.isNegative() || lease.isNegative() || uploads.isNegative() || history.isNegative()) {
      throw new IllegalArgumentException("a time to keep is not negative");
    }
  }

  /**
   * A day for links and uploads, an hour for a lease, a fortnight for history; every tag, and every
   * manifest whether named or not, is kept.
   */
  public static CollectionPolicy defaults() {
    return new CollectionPolicy(
        Duration.ofDays(1),
        Duration.ofHours(1),
        UntaggedPolicy.NEVER,
        RetentionPolicy.KEEP_ALL,
        false,
        Duration.ofDays(1),
        Duration.ofDays(14));
  }

  /** The same, with another grace and another lease. */
  public CollectionPolicy withTimes(Duration otherGrace, Duration otherLease) {
    return new CollectionPolicy(
        otherGrace, otherLease, untagged, retention, plain, uploads, history);
  }

  /** The same, with another policy for manifests that nothing names. */
  public CollectionPolicy withUntagged(UntaggedPolicy policy) {
    return new CollectionPolicy(grace, lease, policy, retention, plain, uploads, history);
  }

  /** The same, with another policy for tags. */
  public CollectionPolicy withRetention(RetentionPolicy policy) {
    return new CollectionPolicy(grace, lease, untagged, policy, plain, uploads, history);
  }

  /** The same, with links kept for ever or not. */
  public CollectionPolicy withPlain(boolean on) {
    return new CollectionPolicy(grace, lease, untagged, retention, on, uploads, history);
  }

  /** The same, with another time for uploads. */
  public CollectionPolicy withUploads(Duration time) {
    return new CollectionPolicy(grace, lease, untagged, retention, plain, time, history);
  }

  /** The same, with another time for history and for what can be restored. */
  public CollectionPolicy withHistory(Duration time) {
    return new CollectionPolicy(grace, lease, untagged, retention, plain, uploads, time);
  }
}
