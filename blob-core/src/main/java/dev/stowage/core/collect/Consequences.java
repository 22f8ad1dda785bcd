package dev.stowage.core.collect;

import dev.stowage.blob.Digest;
import dev.stowage.core.review.Leases;
import dev.stowage.core.review.ReviewRules;
import dev.stowage.maintenance.Removal;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a collection would remove, found without removing it: what is gone is remembered, and facts
 * are looked at as if it were gone. Where a time to keep is zero, what one removal leaves
 * unreferenced goes in the same collection; so it does here.
 */
final class Consequences {
  private static final int BATCH = 64;

  private final ReviewRules rules;
  private final Leases leases;
  private final Tally tally;
  private final Set<Item> gone = new HashSet<>();
  private final Set<TagOf> goneTags = new HashSet<>();
  private final Deque<Item> toLookAt = new ArrayDeque<>();

  Consequences(ReviewRules rules, Leases leases, Tally tally) {
    this.rules = rules;
    this.leases = leases;
    this.tally = tally;
  }

  private record Item(ReviewKind kind, RepositoryName repository, Digest digest) {}

  private record TagOf(RepositoryName repository, Tag tag) {}

  private interface Edges {
    List<Edge> page(Optional<Digest> after) throws IOException;
  }

  /** A tag would be removed. */
  void tagGone(RepositoryName repository, TagTarget target) {
    goneTags.add(new TagOf(repository, target.tag()));
    enqueue(ReviewKind.MANIFEST, repository, target.manifest());
  }

  /** Something is due. */
  void due(Review review) {
    toLookAt.add(new Item(review.kind(), review.repository(), review.digest()));
  }

  /** Follows everything up that is due or gone. */
  void follow(FactReader facts) throws IOException {
    for (Item item = toLookAt.poll(); item != null; item = toLookAt.poll()) {
      if (gone.contains(item) || !leases.remaining(item.repository(), item.digest()).isZero()) {
        continue;
      }
      if (item.kind() == ReviewKind.BLOB) {
        lookAtLink(facts, item);
      } else {
        lookAtManifest(facts, item);
      }
    }
  }

  private void lookAtLink(FactReader facts, Item item) throws IOException {
    RepositoryName repository = item.repository();
    if (rules.plain() || facts.link(repository, item.digest()).isEmpty()) {
      return;
    }
    for (EdgeRole role : List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD)) {
      if (hasEdge(facts, repository, item.digest(), role)) {
        return;
      }
    }
    gone.add(item);
    tally.add(new Removal.OfLink(repository, item.digest(), Reasons.LINK));
    Optional<StoredBlob> blob = facts.blob(item.digest());
    if (blob.isPresent() && !isLinked(facts, item.digest())) {
      tally.add(new Removal.OfBlob(item.digest(), blob.get().size(), Reasons.BLOB));
    }
  }

  private boolean isLinked(FactReader facts, Digest digest) throws IOException {
    Optional<RepositoryName> last = Optional.empty();
    List<RepositoryName> page;
    do {
      page = facts.linkers(digest, last, BATCH);
      for (RepositoryName linker : page) {
        if (!gone.contains(new Item(ReviewKind.BLOB, linker, digest))) {
          return true;
        }
        last = Optional.of(linker);
      }
    } while (page.size() == BATCH);
    return false;
  }

  private void lookAtManifest(FactReader facts, Item item) throws IOException {
    RepositoryName repository = item.repository();
    if (rules.forManifests(repository).isEmpty()
        || facts.manifest(repository, item.digest()).isEmpty()
        || isNamed(facts, item)) {
      return;
    }
    gone.add(item);
    tally.add(new Removal.OfManifest(repository, item.digest(), Reasons.MANIFEST));
    for (Edge edge : facts.edgesFrom(repository, item.digest())) {
      if (edge.role() != EdgeRole.SUBJECT) {
        enqueue(ReviewKind.BLOB, repository, edge.to());
      }
      if (edge.role() == EdgeRole.CHILD) {
        enqueue(ReviewKind.MANIFEST, repository, edge.to());
      }
    }
    forEachEdge(
        after -> facts.edgesTo(repository, item.digest(), EdgeRole.SUBJECT, after, BATCH),
        edge -> {
          enqueue(ReviewKind.MANIFEST, repository, edge.from());
          return false;
        });
  }

  private boolean isNamed(FactReader facts, Item item) throws IOException {
    RepositoryName repository = item.repository();
    if (hasTag(facts, item) || hasEdge(facts, repository, item.digest(), EdgeRole.CHILD)) {
      return true;
    }
    for (Edge edge : facts.edgesFrom(repository, item.digest())) {
      if (edge.role() == EdgeRole.SUBJECT
          && !gone.contains(new Item(ReviewKind.MANIFEST, repository, edge.to()))
          && facts.manifest(repository, edge.to()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private boolean hasTag(FactReader facts, Item item) throws IOException {
    Optional<Tag> last = Optional.empty();
    List<Tag> page;
    do {
      page = facts.tagsOf(item.repository(), item.digest(), last, BATCH);
      for (Tag tag : page) {
        if (!goneTags.contains(new TagOf(item.repository(), tag))) {
          return true;
        }
        last = Optional.of(tag);
      }
    } while (page.size() == BATCH);
    return false;
  }

  private boolean hasEdge(FactReader facts, RepositoryName repository, Digest target, EdgeRole role)
      throws IOException {
    return forEachEdge(
        after -> facts.edgesTo(repository, target, role, after, BATCH),
        edge -> !gone.contains(new Item(ReviewKind.MANIFEST, repository, edge.from())));
  }

  private interface Condition {
    boolean holds(Edge edge);
  }

  /** Goes through edges until a condition holds, and says whether it did. */
  private static boolean forEachEdge(Edges edges, Condition condition) throws IOException {
    Optional<Digest> last = Optional.empty();
    List<Edge> page;
    do {
      page = edges.page(last);
      for (Edge edge : page) {
        if (condition.holds(edge)) {
          return true;
        }
        last = Optional.of(edge.from());
      }
    } while (page.size() == BATCH);
    return false;
  }

  private void enqueue(ReviewKind kind, RepositoryName repository, Digest digest) {
    Optional<Duration> time =
        kind == ReviewKind.BLOB ? Optional.of(rules.forLinks()) : rules.forManifests(repository);
    if (time.isPresent() && time.get().isZero()) {
      toLookAt.add(new Item(kind, repository, digest));
    }
  }
}
