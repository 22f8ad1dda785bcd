package dev.stowage.contract;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.RepositoryEdge;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Facts in ordered maps, one for each kind. There is no index: a list is what a search through all
 * facts of its kind finds, so that it cannot disagree with them.
 */
final class InMemoryFacts implements FactWriter {
  private final Table<RepositoryName, RepositoryName> repositories;
  private final Table<Digest, StoredBlob> blobs;
  private final Table<Digest, Digest> aliases;
  private final Table<Key<Digest>, BlobLink> links;
  private final Table<Key<Digest>, StoredManifest> manifests;
  private final Table<Key<Tag>, TagTarget> tags;
  private final Table<RepositoryEdge, RepositoryEdge> edges;
  private final Table<ReferrerKey, Referrer> referrers;
  private final Table<Key<Digest>, Hold> holds;
  private final Table<Key<Digest>, BlobLink> heldLinks;
  private final Table<RepositoryEdge, RepositoryEdge> heldEdges;
  private final Table<Key<Long>, HistoryFact> history;
  private final Table<UploadId, UploadFact> uploads;
  private final Table<Placement, Placement> doomed;
  private final Table<Digest, QuarantinedBlob> quarantines;
  private Optional<ClockReading> clock = Optional.empty();
  private Optional<String> reviewRules = Optional.empty();

  /** No facts. */
  InMemoryFacts() {
    repositories = new Table<>(naturalOrder());
    blobs = new Table<>(naturalOrder());
    aliases = new Table<>(naturalOrder());
    links = new Table<>(Key.order());
    manifests = new Table<>(Key.order());
    tags = new Table<>(Key.order());
    edges = new Table<>(byManifest());
    referrers =
        new Table<>(
            comparing(ReferrerKey::repository)
                .thenComparing(ReferrerKey::subject)
                .thenComparing(ReferrerKey::referrer));
    holds = new Table<>(Key.order());
    heldLinks = new Table<>(Key.order());
    heldEdges = new Table<>(byManifest());
    history = new Table<>(Key.order());
    uploads = new Table<>(naturalOrder());
    doomed = new Table<>(naturalOrder());
    quarantines = new Table<>(naturalOrder());
  }

  private InMemoryFacts(InMemoryFacts other) {
    repositories = new Table<>(other.repositories);
    blobs = new Table<>(other.blobs);
    aliases = new Table<>(other.aliases);
    links = new Table<>(other.links);
    manifests = new Table<>(other.manifests);
    tags = new Table<>(other.tags);
    edges = new Table<>(other.edges);
    referrers = new Table<>(other.referrers);
    holds = new Table<>(other.holds);
    heldLinks = new Table<>(other.heldLinks);
    heldEdges = new Table<>(other.heldEdges);
    history = new Table<>(other.history);
    uploads = new Table<>(other.uploads);
    doomed = new Table<>(other.doomed);
    quarantines = new Table<>(other.quarantines);
    clock = other.clock;
    reviewRules = other.reviewRules;
  }

  private static Comparator<RepositoryEdge> byManifest() {
    return comparing(RepositoryEdge::repository)
        .thenComparing(e -> e.edge().from())
        .thenComparing(e -> e.edge().role())
        .thenComparing(e -> e.edge().to());
  }

  /** The same facts, to be changed without changing these. */
  InMemoryFacts draft() {
    return new InMemoryFacts(this);
  }

  /** A fact's name in a repository. */
  private record Key<K extends Comparable<K>>(RepositoryName repository, K name) {
    static <K extends Comparable<K>> Comparator<Key<K>> order() {
      return Comparator.<Key<K>, RepositoryName>comparing(Key::repository).thenComparing(Key::name);
    }
  }

  private record ReferrerKey(RepositoryName repository, Digest subject, Digest referrer) {}

  /** Rows that a draft shares with those it was drawn from until it changes them. */
  private static final class Table<K, V> {
    private NavigableMap<K, V> rows;
    private boolean own;

    Table(Comparator<? super K> order) {
      rows = new TreeMap<>(order);
    }

    Table(Table<K, V> other) {
      rows = other.rows;
    }

    void put(K key, V value) {
      changeable().put(key, value);
    }

    void remove(K key) {
      changeable().remove(key);
    }

    Optional<V> find(K key) {
      return Optional.ofNullable(rows.get(key));
    }

    Stream<K> keys() {
      return rows.keySet().stream();
    }

    Stream<V> values() {
      return rows.values().stream();
    }

    Stream<V> where(Predicate<K> condition) {
      return rows.entrySet().stream()
          .filter(e -> condition.test(e.getKey()))
          .map(e -> e.getValue());
    }

    /** What some rows give. */
    <T> Stream<T> rows(BiFunction<K, V, Optional<T>> row) {
      return rows.entrySet().stream().flatMap(e -> row.apply(e.getKey(), e.getValue()).stream());
    }

    private NavigableMap<K, V> changeable() {
      if (!own) {
        rows = new TreeMap<>(rows);
        own = true;
      }
      return rows;
    }
  }

  @Override
  public boolean hasRepository(RepositoryName name) {
    return repositories.find(name).isPresent();
  }

  @Override
  public List<RepositoryName> repositories(Optional<RepositoryName> after, int limit) {
    return page(repositories.values(), Function.identity(), after, limit);
  }

  @Override
  public Optional<StoredBlob> blob(Digest digest) {
    return blobs.find(digest);
  }

  @Override
  public Optional<Digest> aliasTarget(Digest alias) {
    return aliases.find(alias);
  }

  @Override
  public List<Digest> aliases(Digest canonical) {
    return aliases
        .keys()
        .filter(alias -> aliases.find(alias).equals(Optional.of(canonical)))
        .sorted()
        .toList();
  }

  @Override
  public Optional<BlobLink> link(RepositoryName repository, Digest digest) {
    return links.find(new Key<>(repository, digest));
  }

  @Override
  public List<BlobLink> links(RepositoryName repository, Optional<Digest> after, int limit) {
    return page(
        links.where(key -> key.repository().equals(repository)), BlobLink::digest, after, limit);
  }

  @Override
  public List<RepositoryName> linkers(Digest digest, Optional<RepositoryName> after, int limit) {
    return page(
        links.keys().filter(key -> key.name().equals(digest)).map(Key::repository),
        Function.identity(),
        after,
        limit);
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) {
    return manifests.find(new Key<>(repository, digest));
  }

  @Override
  public List<Descriptor> manifests(RepositoryName repository, Optional<Digest> after, int limit) {
    return page(
        manifests.where(key -> key.repository().equals(repository)).map(StoredManifest::descriptor),
        Descriptor::digest,
        after,
        limit);
  }

  @Override
  public List<RepositoryName> manifestHolders(
      Digest digest, Optional<RepositoryName> after, int limit) {
    return page(
        manifests.keys().filter(key -> key.name().equals(digest)).map(Key::repository),
        Function.identity(),
        after,
        limit);
  }

  @Override
  public Optional<TagTarget> tag(RepositoryName repository, Tag tag) {
    return tags.find(new Key<>(repository, tag));
  }

  @Override
  public List<TagTarget> tags(RepositoryName repository, Optional<Tag> after, int limit) {
    return page(
        tags.where(key -> key.repository().equals(repository)), TagTarget::tag, after, limit);
  }

  @Override
  public List<Tag> tagsOf(
      RepositoryName repository, Digest manifest, Optional<Tag> after, int limit) {
    return page(
        tags.where(key -> key.repository().equals(repository))
            .filter(target -> target.manifest().equals(manifest))
            .map(TagTarget::tag),
        Function.identity(),
        after,
        limit);
  }

  @Override
  public List<Edge> edgesFrom(RepositoryName repository, Digest manifest) {
    return edgesFrom(edges, repository, manifest);
  }

  private static List<Edge> edgesFrom(
      Table<RepositoryEdge, RepositoryEdge> edges, RepositoryName repository, Digest manifest) {
    return edges
        .values()
        .filter(e -> e.repository().equals(repository))
        .map(RepositoryEdge::edge)
        .filter(edge -> edge.from().equals(manifest))
        .sorted(comparing(Edge::role).thenComparing(Edge::to))
        .toList();
  }

  @Override
  public List<Edge> edgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit) {
    return page(edgesTo(edges, repository, target, role), Edge::from, after, limit);
  }

  private static Stream<Edge> edgesTo(
      Table<RepositoryEdge, RepositoryEdge> edges,
      RepositoryName repository,
      Digest target,
      EdgeRole role) {
    return edges
        .values()
        .filter(e -> e.repository().equals(repository))
        .map(RepositoryEdge::edge)
        .filter(edge -> edge.to().equals(target) && edge.role() == role);
  }

  @Override
  public List<RepositoryEdge> edgesTo(Digest target, int limit) {
    return edges.values().filter(e -> e.edge().to().equals(target)).limit(limit).toList();
  }

  @Override
  public List<Referrer> referrers(
      RepositoryName repository, Digest subject, Optional<Digest> after, int limit) {
    return page(
        referrers.where(
            key -> key.repository().equals(repository) && key.subject().equals(subject)),
        referrer -> referrer.descriptor().digest(),
        after,
        limit);
  }

  @Override
  public Optional<Hold> hold(RepositoryName repository, Digest digest) {
    return holds.find(new Key<>(repository, digest));
  }

  @Override
  public List<Descriptor> holds(RepositoryName repository, Optional<Digest> after, int limit) {
    return page(
        holds
            .where(key -> key.repository().equals(repository))
            .map(hold -> hold.manifest().descriptor()),
        Descriptor::digest,
        after,
        limit);
  }

  private static Stream<RepositoryName> repositoriesOf(Table<Key<Digest>, ?> facts, Digest digest) {
    return facts.keys().filter(key -> key.name().equals(digest)).map(Key::repository);
  }

  @Override
  public Optional<BlobLink> heldLink(RepositoryName repository, Digest digest) {
    return heldLinks.find(new Key<>(repository, digest));
  }

  @Override
  public List<BlobLink> heldLinks(RepositoryName repository, Optional<Digest> after, int limit) {
    return page(
        heldLinks.where(key -> key.repository().equals(repository)),
        BlobLink::digest,
        after,
        limit);
  }

  @Override
  public List<RepositoryName> heldLinkers(
      Digest digest, Optional<RepositoryName> after, int limit) {
    return page(repositoriesOf(heldLinks, digest), Function.identity(), after, limit);
  }

  @Override
  public List<Edge> heldEdgesFrom(RepositoryName repository, Digest manifest) {
    return edgesFrom(heldEdges, repository, manifest);
  }

  @Override
  public List<Edge> heldEdgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit) {
    return page(edgesTo(heldEdges, repository, target, role), Edge::from, after, limit);
  }

  @Override
  public boolean isHeld(RepositoryName repository, Digest target) {
    return leadsTo(heldEdges, repository, target);
  }

  @Override
  public List<HistoryFact> history(RepositoryName repository, Optional<Long> before, int limit) {
    return lastFirst(history(repository), before, limit);
  }

  @Override
  public List<HistoryFact> history(
      RepositoryName repository, Tag tag, Optional<Long> before, int limit) {
    return lastFirst(
        history(repository).filter(fact -> fact.entry().tag().equals(Optional.of(tag))),
        before,
        limit);
  }

  private Stream<HistoryFact> history(RepositoryName repository) {
    return history.where(key -> key.repository().equals(repository));
  }

  private static List<HistoryFact> lastFirst(
      Stream<HistoryFact> history, Optional<Long> before, int limit) {
    Optional<Long> after = before.isPresent() ? Optional.of(-before.get()) : Optional.empty();
    return page(history, fact -> -fact.entry().number(), after, limit);
  }

  @Override
  public List<HistoryEnd> historyEnds(Optional<HistoryEnd> after, int limit) {
    return page(
        history.rows(
            (key, fact) -> Optional.of(new HistoryEnd(fact.until(), key.repository(), key.name()))),
        Function.identity(),
        after,
        limit);
  }

  @Override
  public Optional<UploadFact> upload(UploadId id) {
    return uploads.find(id);
  }

  @Override
  public List<UploadFact> uploads(Optional<UploadId> after, int limit) {
    return page(uploads.values(), UploadFact::id, after, limit);
  }

  @Override
  public List<Placement> doomed(Optional<Placement> after, int limit) {
    return page(doomed.values(), Function.identity(), after, limit);
  }

  @Override
  public List<Review> reviews(Optional<Review> after, StoreTime until, int limit) {
    Stream<Review> held =
        holds.rows((key, hold) -> Optional.of(review(hold.until(), ReviewKind.HOLD, key)));
    Stream<Review> marked =
        Stream.concat(
            links.rows((key, link) -> link.review().map(due -> review(due, ReviewKind.BLOB, key))),
            manifests.rows(
                (key, manifest) ->
                    manifest.review().map(due -> review(due, ReviewKind.MANIFEST, key))));
    return page(
        Stream.concat(marked, held).filter(review -> review.due().compareTo(until) <= 0),
        Function.identity(),
        after,
        limit);
  }

  private static Review review(StoreTime due, ReviewKind kind, Key<Digest> key) {
    return new Review(due, kind, key.repository(), key.name());
  }

  @Override
  public boolean isNeeded(RepositoryName repository, Digest target) {
    return leadsTo(edges, repository, target);
  }

  private static boolean leadsTo(
      Table<RepositoryEdge, RepositoryEdge> edges, RepositoryName repository, Digest target) {
    return edges
        .values()
        .filter(e -> e.repository().equals(repository) && e.edge().to().equals(target))
        .anyMatch(e -> e.edge().role() != EdgeRole.SUBJECT);
  }

  @Override
  public Optional<ClockReading> clock() {
    return clock;
  }

  @Override
  public Optional<String> reviewRules() {
    return reviewRules;
  }

  @Override
  public void putClock(ClockReading reading) {
    clock = Optional.of(reading);
  }

  @Override
  public void putReviewRules(String rules) {
    reviewRules = Optional.of(rules);
  }

  @Override
  public void putRepository(RepositoryName name) {
    repositories.put(name, name);
  }

  @Override
  public void removeRepository(RepositoryName name) {
    repositories.remove(name);
  }

  @Override
  public void putBlob(StoredBlob blob) {
    blobs.put(blob.digest(), blob);
  }

  @Override
  public void removeBlob(Digest digest) {
    blobs.remove(digest);
  }

  @Override
  public void putAlias(Digest alias, Digest canonical) {
    aliases.put(alias, canonical);
  }

  @Override
  public void removeAlias(Digest alias) {
    aliases.remove(alias);
  }

  @Override
  public void putLink(RepositoryName repository, BlobLink link) {
    links.put(new Key<>(repository, link.digest()), link);
  }

  @Override
  public void removeLink(RepositoryName repository, Digest digest) {
    links.remove(new Key<>(repository, digest));
  }

  @Override
  public void putManifest(RepositoryName repository, StoredManifest manifest) {
    manifests.put(new Key<>(repository, manifest.descriptor().digest()), copyOf(manifest));
  }

  /** The caller's array stays the caller's. */
  private static StoredManifest copyOf(StoredManifest manifest) {
    ByteBuffer content = manifest.content();
    byte[] copy = new byte[content.remaining()];
    content.get(copy);
    return new StoredManifest(
        manifest.descriptor(), manifest.pushedWith(), ByteBuffer.wrap(copy), manifest.review());
  }

  @Override
  public void removeManifest(RepositoryName repository, Digest digest) {
    manifests.remove(new Key<>(repository, digest));
  }

  @Override
  public void putTag(RepositoryName repository, TagTarget target) {
    tags.put(new Key<>(repository, target.tag()), target);
  }

  @Override
  public void removeTag(RepositoryName repository, Tag tag) {
    tags.remove(new Key<>(repository, tag));
  }

  @Override
  public void putEdge(RepositoryName repository, Edge edge) {
    RepositoryEdge row = new RepositoryEdge(repository, edge);
    edges.put(row, row);
  }

  @Override
  public void removeEdge(RepositoryName repository, Edge edge) {
    edges.remove(new RepositoryEdge(repository, edge));
  }

  @Override
  public void putReferrer(RepositoryName repository, Digest subject, Referrer referrer) {
    referrers.put(new ReferrerKey(repository, subject, referrer.descriptor().digest()), referrer);
  }

  @Override
  public void removeReferrer(RepositoryName repository, Digest subject, Digest referrer) {
    referrers.remove(new ReferrerKey(repository, subject, referrer));
  }

  @Override
  public void putHold(RepositoryName repository, Hold hold) {
    holds.put(
        new Key<>(repository, hold.manifest().descriptor().digest()),
        new Hold(copyOf(hold.manifest()), hold.until(), hold.since(), hold.actor()));
  }

  @Override
  public void removeHold(RepositoryName repository, Digest digest) {
    holds.remove(new Key<>(repository, digest));
  }

  @Override
  public void putHeldLink(RepositoryName repository, BlobLink link) {
    heldLinks.put(new Key<>(repository, link.digest()), link.unmarked());
  }

  @Override
  public void removeHeldLink(RepositoryName repository, Digest digest) {
    heldLinks.remove(new Key<>(repository, digest));
  }

  @Override
  public void putHeldEdge(RepositoryName repository, Edge edge) {
    RepositoryEdge row = new RepositoryEdge(repository, edge);
    heldEdges.put(row, row);
  }

  @Override
  public void removeHeldEdge(RepositoryName repository, Edge edge) {
    heldEdges.remove(new RepositoryEdge(repository, edge));
  }

  @Override
  public void putHistory(RepositoryName repository, HistoryFact change) {
    history.put(new Key<>(repository, change.entry().number()), change);
  }

  @Override
  public void removeHistory(RepositoryName repository, long number) {
    history.remove(new Key<>(repository, number));
  }

  @Override
  public void putUpload(UploadFact upload) {
    uploads.put(upload.id(), upload);
  }

  @Override
  public void removeUpload(UploadId id) {
    uploads.remove(id);
  }

  @Override
  public void putDoomed(Placement placement) {
    doomed.put(placement, placement);
  }

  @Override
  public void removeDoomed(Placement placement) {
    doomed.remove(placement);
  }

  @Override
  public List<StoredBlob> blobs(Optional<Digest> after, int limit) {
    return page(blobs.values(), StoredBlob::digest, after, limit);
  }

  @Override
  public Optional<QuarantinedBlob> quarantined(Digest digest) {
    return quarantines.find(digest);
  }

  @Override
  public List<QuarantinedBlob> quarantines(Optional<Digest> after, int limit) {
    return page(quarantines.values(), quarantined -> quarantined.blob().digest(), after, limit);
  }

  @Override
  public boolean isDoomed(Placement placement) {
    return doomed.find(placement).isPresent();
  }

  @Override
  public void putQuarantine(QuarantinedBlob blob) {
    quarantines.put(blob.blob().digest(), blob);
  }

  @Override
  public void removeQuarantine(Digest digest) {
    quarantines.remove(digest);
  }

  private static <T, K extends Comparable<K>> List<T> page(
      Stream<T> items, Function<T, K> name, Optional<K> after, int limit) {
    return items
        .filter(item -> after.isEmpty() || name.apply(item).compareTo(after.get()) > 0)
        .sorted(comparing(name))
        .limit(limit)
        .toList();
  }
}
