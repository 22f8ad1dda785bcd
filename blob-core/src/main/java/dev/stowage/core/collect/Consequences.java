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
  private final boolean holds;
  private final Tally tally;
  private final Set<Item> gone = new HashSet<>();
  private final Set<TagOf> goneTags = new HashSet<>();

  /** What manifests need that go, and are held from then on. */
  private final Set<Item> held = new HashSet<>();

  private final Set<Item> goneHeldLinks = new HashSet<>();

  /** The holds that are due; one that a due index holds as its child ends with that one. */
  private final Set<Item> ended = new HashSet<>();

  private final Deque<Item> toLookAt = new ArrayDeque<>();

  /**
   * Nothing is gone yet.
   *
   * @param holds whether a manifest that goes is held
   */
  Consequences(ReviewRules rules, Leases leases, boolean holds, Tally tally) {
    this.rules = rules;
    this.leases = leases;
    this.holds = holds;
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
    Item item = new Item(review.kind(), review.repository(), review.digest());
    if (review.kind() == ReviewKind.HOLD) {
      ended.add(item);
    }
    toLookAt.add(item);
  }

  /** Follows everything up that is due or gone. */
  void follow(FactReader facts) throws IOException {
    for (Item item = toLookAt.poll(); item != null; item = toLookAt.poll()) {
      if (gone.contains(item)) {
        continue;
      }
      if (item.kind() == ReviewKind.HOLD) {
        lookAtHold(facts, item);
      } else if (leases.remaining(item.repository(), item.digest()).isZero()) {
        if (item.kind() == ReviewKind.BLOB) {
          lookAtLink(facts, item);
        } else {
          lookAtManifest(facts, item);
        }
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
    boolean isHeld = isHeld(facts, item);
    String reason = isHeld ? Reasons.HELD_LINK : Reasons.LINK;
    tally.add(new Removal.OfLink(repository, item.digest(), reason));
    if (!isHeld) {
      lookAtBlob(facts, item.digest());
    }
  }

  private void lookAtBlob(FactReader facts, Digest digest) throws IOException {
    Optional<StoredBlob> blob = facts.blob(digest);
    if (blob.isPresent() && !isLinked(facts, digest) && !isLinkHeld(facts, digest)) {
      tally.add(new Removal.OfBlob(digest, blob.get().size(), Reasons.BLOB));
    }
  }

  /** A link that goes after what held it is removed; one that goes before becomes a held one. */
  private void lookAtHold(FactReader facts, Item hold) throws IOException {
    RepositoryName repository = hold.repository();
    if (facts.hold(repository, hold.digest()).isEmpty()
        || hasHeldEdge(facts, repository, hold.digest(), EdgeRole.CHILD)) {
      return;
    }
    gone.add(hold);
    tally.add(new Removal.OfHold(repository, hold.digest(), Reasons.HOLD));
    for (Edge edge : facts.heldEdgesFrom(repository, hold.digest())) {
      Item link = new Item(ReviewKind.BLOB, repository, edge.to());
      boolean linkHeld = facts.heldLink(repository, edge.to()).isPresent() || gone.contains(link);
      if (edge.role() != EdgeRole.SUBJECT
          && linkHeld
          && !isHeld(facts, link)
          && goneHeldLinks.add(link)) {
        lookAtBlob(facts, edge.to());
      }
      if (edge.role() == EdgeRole.CHILD) {
        Item child = new Item(ReviewKind.HOLD, repository, edge.to());
        if (ended.contains(child)) {
          toLookAt.add(child);
        }
      }
    }
  }

  private boolean isHeld(FactReader facts, Item link) throws IOException {
    if (held.contains(link)) {
      return true;
    }
    for (EdgeRole role : List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD)) {
      if (hasHeldEdge(facts, link.repository(), link.digest(), role)) {
        return true;
      }
    }
    return false;
  }

  private boolean hasHeldEdge(
      FactReader facts, RepositoryName repository, Digest target, EdgeRole role)
      throws IOException {
    return forEachEdge(
        after -> facts.heldEdgesTo(repository, target, role, after, BATCH),
        edge -> !gone.contains(new Item(ReviewKind.HOLD, repository, edge.from())));
  }

  /** Whether a link is held, or goes and will be. */
  private boolean isLinkHeld(FactReader facts, Digest digest) throws IOException {
    for (Item link : gone) {
      if (link.kind() == ReviewKind.BLOB
          && link.digest().equals(digest)
          && !goneHeldLinks.contains(link)
          && isHeld(facts, link)) {
        return true;
      }
    }
    Optional<RepositoryName> last = Optional.empty();
    List<RepositoryName> page;
    do {
      page = facts.heldLinkers(digest, last, BATCH);
      for (RepositoryName linker : page) {
        if (!goneHeldLinks.contains(new Item(ReviewKind.BLOB, linker, digest))) {
          return true;
        }
        last = Optional.of(linker);
      }
    } while (page.size() == BATCH);
    return false;
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
        if (holds) {
          held.add(new Item(ReviewKind.BLOB, repository, edge.to()));
        }
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
