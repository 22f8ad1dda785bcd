package dev.stowage.core.collect;

import dev.stowage.blob.Digest;
import dev.stowage.core.journal.Holds;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.manifest.ManifestRemoval;
import dev.stowage.core.review.Leases;
import dev.stowage.core.review.ReviewRules;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.review.Standing;
import dev.stowage.core.review.StoreClock;
import dev.stowage.maintenance.Removal;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.Hold;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Review;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides a few due reviews, in one transaction: each is looked at again in it, and goes, or stays
 * for its lease, or is needed and taken off the queue. What is to go is condemned before, so that
 * nobody is told of it meanwhile.
 */
final class Sweep {
  private final MetadataStore store;
  private final DoomedBytes doomed;
  private final StoreClock clock;
  private final ReviewRules rules;
  private final Leases leases;
  private final Reviews reviews;
  private final Journal journal;

  Sweep(
      MetadataStore store,
      DoomedBytes doomed,
      StoreClock clock,
      ReviewRules rules,
      Leases leases,
      Reviews reviews,
      Journal journal) {
    this.store = store;
    this.doomed = doomed;
    this.clock = clock;
    this.rules = rules;
    this.leases = leases;
    this.reviews = reviews;
    this.journal = journal;
  }

  /** What a lease or a condemnation is about. */
  private record Key(RepositoryName repository, Digest digest) {
    static Key of(Review review) {
      return new Key(review.repository(), review.digest());
    }
  }

  /** What a transaction has decided. */
  private record Decided(List<Removal> removals, List<Placement> placements) {
    void add(StoredBlob dead) {
      placements.add(dead.placement());
      removals.add(new Removal.OfBlob(dead.digest(), dead.size(), Reasons.BLOB));
    }
  }

  void run(List<Review> due, Tally tally) throws IOException {
    Map<Key, Optional<Leases.Condemnation>> condemned = new HashMap<>();
    Decided decided;
    try {
      for (Review review : due) {
        condemned.computeIfAbsent(
            Key.of(review), key -> leases.condemn(key.repository(), key.digest()));
      }
      decided = store.write(facts -> decide(facts, due, condemned));
    } finally {
      condemned.values().forEach(each -> each.ifPresent(Leases.Condemnation::close));
    }
    doomed.free(decided.placements());
    decided.removals().forEach(tally::add);
  }

  private Decided decide(
      FactWriter facts, List<Review> due, Map<Key, Optional<Leases.Condemnation>> condemned)
      throws IOException {
    Decided decided = new Decided(new ArrayList<>(), new ArrayList<>());
    StoreTime now = clock.now(facts);
    for (Review review : due) {
      Optional<StoreTime> lease = Optional.empty();
      if (condemned.getOrDefault(Key.of(review), Optional.empty()).isEmpty()) {
        Duration remaining = leases.remaining(review.repository(), review.digest());
        lease = Optional.of(now.plus(remaining));
      }
      switch (review.kind()) {
        case BLOB -> decideLink(facts, review, lease, decided);
        case MANIFEST -> decideManifest(facts, review, lease, decided);
        case HOLD -> decideHold(facts, review, now, decided);
      }
    }
    return decided;
  }

  private void decideLink(
      FactWriter facts, Review review, Optional<StoreTime> lease, Decided decided)
      throws IOException {
    RepositoryName repository = review.repository();
    Optional<BlobLink> link = facts.link(repository, review.digest());
    if (link.isEmpty() || !link.get().review().equals(Optional.of(review.due()))) {
      return;
    }
    if (rules.plain() || facts.isNeeded(repository, review.digest())) {
      facts.putLink(repository, link.get().unmarked());
    } else if (lease.isPresent()) {
      facts.putLink(repository, link.get().reviewedFrom(lease.get()));
    } else {
      boolean held = facts.isHeld(repository, review.digest());
      String reason = held ? Reasons.HELD_LINK : Reasons.LINK;
      decided.removals().add(new Removal.OfLink(repository, review.digest(), reason));
      Holds.unlink(facts, repository, review.digest()).ifPresent(decided::add);
    }
  }

  private void decideManifest(
      FactWriter facts, Review review, Optional<StoreTime> lease, Decided decided)
      throws IOException {
    RepositoryName repository = review.repository();
    Optional<StoredManifest> manifest = facts.manifest(repository, review.digest());
    if (manifest.isEmpty() || !manifest.get().review().equals(Optional.of(review.due()))) {
      return;
    }
    if (rules.forManifests(repository).isEmpty()
        || Standing.isNamed(facts, repository, review.digest())) {
      facts.putManifest(repository, manifest.get().withReview(Optional.empty()));
    } else if (lease.isPresent()) {
      facts.putManifest(repository, manifest.get().withReview(lease));
    } else {
      ManifestRemoval.remove(facts, repository, manifest.get(), reviews, journal);
      decided.removals().add(new Removal.OfManifest(repository, review.digest(), Reasons.MANIFEST));
    }
  }

  /** Nobody was told of what is held, so no lease matters here. */
  private void decideHold(FactWriter facts, Review review, StoreTime now, Decided decided)
      throws IOException {
    RepositoryName repository = review.repository();
    Optional<Hold> hold = facts.hold(repository, review.digest());
    if (hold.isEmpty() || !hold.get().until().equals(review.due())) {
      return;
    }
    Optional<StoreTime> parents = Standing.heldByParentsUntil(facts, repository, review.digest());
    if (parents.isPresent()) {
      facts.putHold(repository, hold.get().endingAt(StoreTime.latest(now, parents.get())));
      return;
    }
    decided.removals().add(new Removal.OfHold(repository, review.digest(), Reasons.HOLD));
    Holds.end(facts, repository, review.digest()).forEach(decided::add);
  }
}
