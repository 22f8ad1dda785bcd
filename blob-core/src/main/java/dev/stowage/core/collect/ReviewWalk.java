package dev.stowage.core.collect;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.core.review.ReviewRules;
import dev.stowage.core.review.Standing;
import dev.stowage.core.review.StoreClock;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Goes through all links and manifests once when the rules of review are other ones than those by
 * which the queue was kept, as after a change of a setting, and brings every mark in line with
 * them. A walk that is cut off begins anew.
 */
final class ReviewWalk {
  private static final int BATCH = 64;

  private final MetadataStore store;
  private final StoreClock clock;
  private final ReviewRules rules;

  ReviewWalk(MetadataStore store, StoreClock clock, ReviewRules rules) {
    this.store = store;
    this.clock = clock;
    this.rules = rules;
  }

  private interface Page<K> {
    /** Deals with a page and gives the key of its last item, if there may be more. */
    Optional<K> next(FactWriter facts, Optional<K> after) throws IOException;
  }

  /** Does it, if the rules have changed, and says whether they had. */
  boolean run() throws IOException {
    String words = rules.words();
    if (store.read(facts -> facts.reviewRules()).equals(Optional.of(words))) {
      return false;
    }
    Optional<RepositoryName> last = Optional.empty();
    List<RepositoryName> page;
    do {
      Optional<RepositoryName> after = last;
      page = store.read(facts -> facts.repositories(after, BATCH));
      for (RepositoryName repository : page) {
        ReviewWalk.<Digest>inPages(store, (facts, from) -> links(facts, repository, from));
        ReviewWalk.<Digest>inPages(store, (facts, from) -> manifests(facts, repository, from));
        last = Optional.of(repository);
      }
    } while (page.size() == BATCH);
    store.write(
        facts -> {
          facts.putReviewRules(words);
          return true;
        });
    return true;
  }

  private static <K> void inPages(MetadataStore store, Page<K> page) throws IOException {
    Optional<K> last = Optional.empty();
    do {
      Optional<K> after = last;
      last = store.write(facts -> page.next(facts, after));
    } while (last.isPresent());
  }

  private Optional<Digest> links(
      FactWriter facts, RepositoryName repository, Optional<Digest> after) throws IOException {
    List<BlobLink> page = facts.links(repository, after, BATCH);
    for (BlobLink link : page) {
      if (rules.plain() || facts.isNeeded(repository, link.digest())) {
        if (link.review().isPresent()) {
          facts.putLink(repository, link.unmarked());
        }
      } else if (link.review().isEmpty()) {
        facts.putLink(repository, link.reviewedFrom(clock.now(facts).plus(rules.forLinks())));
      }
    }
    return page.size() < BATCH ? Optional.empty() : Optional.of(page.get(BATCH - 1).digest());
  }

  private Optional<Digest> manifests(
      FactWriter facts, RepositoryName repository, Optional<Digest> after) throws IOException {
    Optional<Duration> expiry = rules.forManifests(repository);
    if (expiry.isEmpty()) {
      // Marks that are left from other rules are dropped when they are due.
      return Optional.empty();
    }
    List<Descriptor> page = facts.manifests(repository, after, BATCH);
    for (Descriptor each : page) {
      if (!Standing.isNamed(facts, repository, each.digest())) {
        StoredManifest manifest = facts.manifest(repository, each.digest()).orElseThrow();
        StoreTime due = clock.now(facts).plus(expiry.get());
        if (manifest.review().isEmpty() || manifest.review().get().compareTo(due) > 0) {
          facts.putManifest(repository, manifest.withReview(Optional.of(due)));
        }
      }
    }
    return page.size() < BATCH ? Optional.empty() : Optional.of(page.get(BATCH - 1).digest());
  }
}
