package dev.stowage.core;

import dev.stowage.core.review.ReviewRules;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.UntaggedPolicy;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What may be chosen about the removal of what nothing refers to. Every time may be zero.
 *
 * @param grace how long a blob's link stays that no manifest of its repository refers to
 * @param lease how long everything stays that somebody was told of
 * @param untagged how long manifests stay that nothing names
 * @param retention which tags are kept
 * @param plain whether links are kept for ever
 * @param uploads how long uploads stay that nobody touches
 * @param nanos a monotonic clock, in nanoseconds; all of these times run on it, except the age of
 *     tags
 */
public record CollectionOptions(
    Duration grace,
    Duration lease,
    UntaggedPolicy untagged,
    RetentionPolicy retention,
    boolean plain,
    Duration uploads,
    LongSupplier nanos) {
  /** Refuses times that make no sense. */
  public CollectionOptions {
    if (grace.isNegative() || lease.isNegative() || uploads.isNegative()) {
      throw new IllegalArgumentException("a time to keep is not negative");
    }
  }

  /**
   * A day for links and uploads, an hour for a lease; every tag, and every manifest whether named
   * or not, is kept.
   */
  public static CollectionOptions defaults() {
    return new CollectionOptions(
        Duration.ofDays(1),
        Duration.ofHours(1),
        UntaggedPolicy.NEVER,
        RetentionPolicy.KEEP_ALL,
        false,
        Duration.ofDays(1),
        System::nanoTime);
  }

  /** The same, with another grace and another lease. */
  public CollectionOptions withTimes(Duration otherGrace, Duration otherLease) {
    return new CollectionOptions(
        otherGrace, otherLease, untagged, retention, plain, uploads, nanos);
  }

  /** The same, with another policy for manifests that nothing names. */
  public CollectionOptions withUntagged(UntaggedPolicy policy) {
    return new CollectionOptions(grace, lease, policy, retention, plain, uploads, nanos);
  }

  /** The same, with another policy for tags. */
  public CollectionOptions withRetention(RetentionPolicy policy) {
    return new CollectionOptions(grace, lease, untagged, policy, plain, uploads, nanos);
  }

  /** The same, with links kept for ever or not. */
  public CollectionOptions withPlain(boolean on) {
    return new CollectionOptions(grace, lease, untagged, retention, on, uploads, nanos);
  }

  /** The same, with another time for uploads. */
  public CollectionOptions withUploads(Duration time) {
    return new CollectionOptions(grace, lease, untagged, retention, plain, time, nanos);
  }

  /** The same, on another monotonic clock. */
  public CollectionOptions withNanos(LongSupplier other) {
    return new CollectionOptions(grace, lease, untagged, retention, plain, uploads, other);
  }

  ReviewRules rules() {
    return new ReviewRules(grace, lease, untagged, plain);
  }
}
