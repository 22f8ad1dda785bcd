package dev.stowage.core.collect;

import dev.stowage.blob.Digest;
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
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
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

  Sweep(
      MetadataStore store,
      DoomedBytes doomed,
      StoreClock clock,
      ReviewRules rules,
      Leases leases,
      Reviews reviews) {
    this.store = store;
    this.doomed = doomed;
    this.clock = clock;
    this.rules = rules;
    this.leases = leases;
    this.reviews = reviews;
  }

  /** What a lease or a condemnation is about. */
  private record Key(RepositoryName repository, Digest digest) {
    static Key of(Review review) {
      return new Key(review.repository(), review.digest());
    }
  }

  /** What a transaction has decided. */
  private record Decided(List<Removal> removals, List<Placement> placements) {}

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
      if (review.kind() == ReviewKind.BLOB) {
        decideLink(facts, review, lease, decided);
      } else {
        decideManifest(facts, review, lease, decided);
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
      Optional<StoredBlob> last = Unlinking.unlink(facts, repository, review.digest());
      decided.removals().add(new Removal.OfLink(repository, review.digest(), Reasons.LINK));
      if (last.isPresent()) {
        decided.placements().add(last.get().placement());
        decided
            .removals()
            .add(new Removal.OfBlob(last.get().digest(), last.get().size(), Reasons.BLOB));
      }
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
      ManifestRemoval.remove(facts, repository, review.digest(), reviews);
      decided.removals().add(new Removal.OfManifest(repository, review.digest(), Reasons.MANIFEST));
    }
  }
}
