package dev.stowage.core;

import dev.stowage.core.review.ReviewRules;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.maintenance.CollectionPolicy;
import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * What may be chosen about the store's behaviour.
 *
 * @param deletes whether anything may be deleted
 * @param referencesProtected whether what a manifest of the same repository needs is kept from
 *     deletion
 * @param sparseManifests whether manifests are accepted whose references are missing
 * @param maxManifestSize the most bytes that a manifest may have
 * @param idleUploads how many uploads that no request uses keep their file open
 * @param clock the wall clock, by which uploads and tags are dated
 * @param nanos a monotonic clock, in nanoseconds, by which everything else happens
 * @param collection how what nothing refers to is removed
 */
public record CoreOptions(
    boolean deletes,
    boolean referencesProtected,
    boolean sparseManifests,
    int maxManifestSize,
    int idleUploads,
    Clock clock,
    LongSupplier nanos,
    CollectionPolicy collection) {
  /** Refuses sizes and numbers that make no sense. */
  public CoreOptions {
    if (maxManifestSize < 1) {
      throw new IllegalArgumentException("a manifest needs at least one byte");
    }
    if (idleUploads < 0) {
      throw new IllegalArgumentException("a number of uploads is not negative");
    }
  }

  /**
   * Deletion is on, references are protected and have to be present, manifests have at most 4 MiB.
   */
  public static CoreOptions defaults() {
    return new CoreOptions(
        true,
        true,
        false,
        4 << 20,
        256,
        Clock.systemUTC(),
        System::nanoTime,
        CollectionPolicy.defaults());
  }

  RepositoryRules rules() {
    return new RepositoryRules(
        deletes, referencesProtected, sparseManifests, maxManifestSize, clock);
  }

  /** The same, with deletion switched on or off. */
  public CoreOptions withDeletes(boolean on) {
    return new CoreOptions(
        on,
        referencesProtected,
        sparseManifests,
        maxManifestSize,
        idleUploads,
        clock,
        nanos,
        collection);
  }

  /** The same, with the protection of references switched on or off. */
  public CoreOptions withReferencesProtected(boolean on) {
    return new CoreOptions(
        deletes, on, sparseManifests, maxManifestSize, idleUploads, clock, nanos, collection);
  }

  /** The same, with sparse manifests accepted or refused. */
  public CoreOptions withSparseManifests(boolean on) {
    return new CoreOptions(
        deletes, referencesProtected, on, maxManifestSize, idleUploads, clock, nanos, collection);
  }

  /** The same, with another limit for manifests, in bytes. */
  public CoreOptions withMaxManifestSize(int bytes) {
    return new CoreOptions(
        deletes,
        referencesProtected,
        sparseManifests,
        bytes,
        idleUploads,
        clock,
        nanos,
        collection);
  }

  /** The same, with another number of idle uploads that keep their file open. */
  public CoreOptions withIdleUploads(int number) {
    return new CoreOptions(
        deletes,
        referencesProtected,
        sparseManifests,
        maxManifestSize,
        number,
        clock,
        nanos,
        collection);
  }

  /** The same, with another clock. */
  public CoreOptions withClock(Clock other) {
    return new CoreOptions(
        deletes,
        referencesProtected,
        sparseManifests,
        maxManifestSize,
        idleUploads,
        other,
        nanos,
        collection);
  }

  /** The same, with another way of removing what nothing refers to. */
  public CoreOptions withCollection(CollectionPolicy other) {
    return new CoreOptions(
        deletes,
        referencesProtected,
        sparseManifests,
        maxManifestSize,
        idleUploads,
        clock,
        nanos,
        other);
  }

  /** The same, on another monotonic clock. */
  public CoreOptions withNanos(LongSupplier other) {
    return new CoreOptions(
        deletes,
        referencesProtected,
        sparseManifests,
        maxManifestSize,
        idleUploads,
        clock,
        other,
        collection);
  }

  ReviewRules reviewRules() {
    return new ReviewRules(
        collection.grace(), collection.lease(), collection.untagged(), collection.plain());
  }
}
