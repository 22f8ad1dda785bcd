package dev.stowage.contract;

import static dev.stowage.contract.SampleFacts.change;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.digestOf;
import static dev.stowage.contract.SampleFacts.edge;
import static dev.stowage.contract.SampleFacts.hold;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.referrer;
import static dev.stowage.contract.SampleFacts.tag;
import static dev.stowage.contract.SampleFacts.upload;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A list of the port, with items for it in the order in which it must give them.
 *
 * @param <T> an item
 * @param <K> what {@code after} names an item by
 * @param list what the list is called in a test's name
 * @param items items, in order
 * @param key an item's name
 * @param put puts an item
 * @param remove removes an item
 * @param page gives a page
 * @param beside puts what is near to the list's items and does not belong to them
 */
record ListedFact<T, K>(
    String list,
    List<T> items,
    Function<T, K> key,
    Put<T> put,
    Put<T> remove,
    Paged<T, K> page,
    Beside beside) {
  private static final RepositoryName A = name("a");
  private static final Digest M = digestOf('7');

  /** Names of which some are the beginning of others, in the order of their bytes. */
  static final List<RepositoryName> NAMES =
      Stream.of("a", "a-b", "a.b", "a/b", "a/b/c", "a0", "a__b", "a_b", "ab", "b", "b/a")
          .map(RepositoryName::new)
          .toList();

  private static final List<RepositoryName> OTHERS = NAMES.subList(1, NAMES.size());

  private static final List<Tag> TAGS =
      Stream.of("0", "1.0", "1.0-a", "1.0.0", "10", "A", "B", "_", "a", "a-b", "a.b", "aa")
          .map(Tag::new)
          .toList();

  /** Digests with the lowest and the highest bytes, in order. */
  private static final List<Digest> DIGESTS =
      Stream.of('0', '1', '7', '8', '9', 'a', 'e', 'f').map(SampleFacts::digestOf).toList();

  private static final List<Digest> NEIGHBOURS = List.of(digestOf('6'), digestOf('8'));

  private static final List<StoredManifest> MANIFESTS =
      LongStream.range(0, 8)
          .mapToObj(i -> manifest("manifest " + i))
          .sorted((x, y) -> x.descriptor().digest().compareTo(y.descriptor().digest()))
          .toList();

  /** Changes a fact. */
  @FunctionalInterface
  interface Put<T> {
    void in(FactWriter facts, T item) throws IOException;
  }

  /** Reads a page. */
  @FunctionalInterface
  interface Paged<T, K> {
    List<T> of(FactReader facts, Optional<K> after, int limit) throws IOException;
  }

  /** Puts facts. */
  @FunctionalInterface
  interface Beside {
    void in(FactWriter facts) throws IOException;
  }

  /** The whole list. */
  List<T> all(FactReader facts) throws IOException {
    return page.of(facts, Optional.empty(), 1000);
  }

  @Override
  public String toString() {
    return list;
  }

  /** Every paged list of the port. */
  static Stream<ListedFact<?, ?>> all() {
    return Stream.of(
        repositories(),
        links(),
        linkers(),
        manifests(),
        manifestHolders(),
        tags(),
        tagsOf(),
        edgesTo(),
        referrers(),
        uploads(),
        holds(),
        heldLinks(),
        heldLinkers(),
        heldEdgesTo(),
        history(),
        historyOfATag(),
        historyEnds(),
        doomed(),
        blobs(),
        quarantines(),
        reviews());
  }

  private static ListedFact<RepositoryName, RepositoryName> repositories() {
    return new ListedFact<>(
        "repositories",
        NAMES,
        Function.identity(),
        FactWriter::putRepository,
        FactWriter::removeRepository,
        FactReader::repositories,
        facts -> facts.putLink(name("c"), link(M)));
  }

  private static ListedFact<BlobLink, Digest> links() {
    return new ListedFact<>(
        "links",
        DIGESTS.stream().map(SampleFacts::link).toList(),
        BlobLink::digest,
        (facts, item) -> facts.putLink(A, item),
        (facts, item) -> facts.removeLink(A, item.digest()),
        (facts, after, limit) -> facts.links(A, after, limit),
        facts -> {
          for (RepositoryName other : OTHERS) {
            facts.putLink(other, link(M));
          }
        });
  }

  private static ListedFact<RepositoryName, RepositoryName> linkers() {
    return new ListedFact<>(
        "linkers",
        NAMES,
        Function.identity(),
        (facts, item) -> facts.putLink(item, link(M)),
        (facts, item) -> facts.removeLink(item, M),
        (facts, after, limit) -> facts.linkers(M, after, limit),
        facts -> {
          for (Digest neighbour : NEIGHBOURS) {
            facts.putLink(A, link(neighbour));
          }
        });
  }

  private static ListedFact<Descriptor, Digest> manifests() {
    return new ListedFact<>(
        "manifests",
        MANIFESTS.stream().map(StoredManifest::descriptor).toList(),
        Descriptor::digest,
        (facts, item) -> facts.putManifest(A, of(item)),
        (facts, item) -> facts.removeManifest(A, item.digest()),
        (facts, after, limit) -> facts.manifests(A, after, limit),
        facts -> {
          for (RepositoryName other : OTHERS) {
            facts.putManifest(other, manifest("of another one"));
          }
        });
  }

  private static StoredManifest of(Descriptor descriptor) {
    return MANIFESTS.stream()
        .filter(m -> m.descriptor().equals(descriptor))
        .findAny()
        .orElseThrow();
  }

  private static ListedFact<RepositoryName, RepositoryName> manifestHolders() {
    StoredManifest held = MANIFESTS.get(3);
    Digest digest = held.descriptor().digest();
    return new ListedFact<>(
        "manifestHolders",
        NAMES,
        Function.identity(),
        (facts, item) -> facts.putManifest(item, held),
        (facts, item) -> facts.removeManifest(item, digest),
        (facts, after, limit) -> facts.manifestHolders(digest, after, limit),
        facts -> {
          facts.putManifest(A, MANIFESTS.get(2));
          facts.putManifest(A, MANIFESTS.get(4));
        });
  }

  private static ListedFact<TagTarget, Tag> tags() {
    return new ListedFact<>(
        "tags",
        TAGS.stream().map(t -> tag(t.value(), digest(t.value()))).toList(),
        TagTarget::tag,
        (facts, item) -> facts.putTag(A, item),
        (facts, item) -> facts.removeTag(A, item.tag()),
        (facts, after, limit) -> facts.tags(A, after, limit),
        facts -> {
          for (RepositoryName other : OTHERS) {
            facts.putTag(other, tag("latest", M));
          }
        });
  }

  private static ListedFact<Tag, Tag> tagsOf() {
    return new ListedFact<>(
        "tagsOf",
        TAGS,
        Function.identity(),
        (facts, item) -> facts.putTag(A, tag(item.value(), M)),
        (facts, item) -> facts.removeTag(A, item),
        (facts, after, limit) -> facts.tagsOf(A, M, after, limit),
        facts -> {
          facts.putTag(A, tag("before", NEIGHBOURS.get(0)));
          facts.putTag(A, tag("behind", NEIGHBOURS.get(1)));
          for (RepositoryName other : OTHERS) {
            facts.putTag(other, tag("latest", M));
          }
        });
  }

  private static ListedFact<Edge, Digest> edgesTo() {
    return new ListedFact<>(
        "edgesTo",
        DIGESTS.stream().map(from -> edge(from, EdgeRole.LAYER, M)).toList(),
        Edge::from,
        (facts, item) -> facts.putEdge(A, item),
        (facts, item) -> facts.removeEdge(A, item),
        (facts, after, limit) -> facts.edgesTo(A, M, EdgeRole.LAYER, after, limit),
        facts -> {
          facts.putEdge(A, edge(M, EdgeRole.CONFIG, M));
          facts.putEdge(A, edge(M, EdgeRole.CHILD, M));
          for (Digest neighbour : NEIGHBOURS) {
            facts.putEdge(A, edge(M, EdgeRole.LAYER, neighbour));
          }
          for (RepositoryName other : OTHERS) {
            facts.putEdge(other, edge(M, EdgeRole.LAYER, M));
          }
        });
  }

  private static ListedFact<Referrer, Digest> referrers() {
    return new ListedFact<>(
        "referrers",
        DIGESTS.stream().map(SampleFacts::referrer).toList(),
        referrer -> referrer.descriptor().digest(),
        (facts, item) -> facts.putReferrer(A, M, item),
        (facts, item) -> facts.removeReferrer(A, M, item.descriptor().digest()),
        (facts, after, limit) -> facts.referrers(A, M, after, limit),
        facts -> {
          for (Digest neighbour : NEIGHBOURS) {
            facts.putReferrer(A, neighbour, referrer(M));
          }
          for (RepositoryName other : OTHERS) {
            facts.putReferrer(other, M, referrer(M));
          }
        });
  }

  private static ListedFact<Descriptor, Digest> holds() {
    return new ListedFact<>(
        "holds",
        MANIFESTS.stream().map(StoredManifest::descriptor).toList(),
        Descriptor::digest,
        (facts, item) -> facts.putHold(A, hold(of(item), 7)),
        (facts, item) -> facts.removeHold(A, item.digest()),
        (facts, after, limit) -> facts.holds(A, after, limit),
        facts -> {
          facts.putManifest(A, MANIFESTS.get(1));
          for (RepositoryName other : OTHERS) {
            facts.putHold(other, hold(MANIFESTS.get(2), 7));
          }
        });
  }

  private static ListedFact<BlobLink, Digest> heldLinks() {
    return new ListedFact<>(
        "heldLinks",
        DIGESTS.stream().map(SampleFacts::link).toList(),
        BlobLink::digest,
        (facts, item) -> facts.putHeldLink(A, item),
        (facts, item) -> facts.removeHeldLink(A, item.digest()),
        (facts, after, limit) -> facts.heldLinks(A, after, limit),
        facts -> {
          facts.putLink(A, link(M));
          for (RepositoryName other : OTHERS) {
            facts.putHeldLink(other, link(M));
          }
        });
  }

  private static ListedFact<RepositoryName, RepositoryName> heldLinkers() {
    return new ListedFact<>(
        "heldLinkers",
        NAMES,
        Function.identity(),
        (facts, item) -> facts.putHeldLink(item, link(M)),
        (facts, item) -> facts.removeHeldLink(item, M),
        (facts, after, limit) -> facts.heldLinkers(M, after, limit),
        facts -> {
          facts.putLink(A, link(M));
          for (Digest neighbour : NEIGHBOURS) {
            facts.putHeldLink(A, link(neighbour));
          }
        });
  }

  private static ListedFact<Edge, Digest> heldEdgesTo() {
    return new ListedFact<>(
        "heldEdgesTo",
        DIGESTS.stream().map(from -> edge(from, EdgeRole.LAYER, M)).toList(),
        Edge::from,
        (facts, item) -> facts.putHeldEdge(A, item),
        (facts, item) -> facts.removeHeldEdge(A, item),
        (facts, after, limit) -> facts.heldEdgesTo(A, M, EdgeRole.LAYER, after, limit),
        facts -> {
          facts.putEdge(A, edge(M, EdgeRole.LAYER, M));
          facts.putHeldEdge(A, edge(M, EdgeRole.CHILD, M));
          for (Digest neighbour : NEIGHBOURS) {
            facts.putHeldEdge(A, edge(M, EdgeRole.LAYER, neighbour));
          }
          for (RepositoryName other : OTHERS) {
            facts.putHeldEdge(other, edge(M, EdgeRole.LAYER, M));
          }
        });
  }

  private static List<HistoryFact> lastFirst(Optional<Tag> tag) {
    return LongStream.of(Long.MAX_VALUE, 70_000, 256, 255, 2, 1)
        .mapToObj(number -> change(number, tag, number))
        .toList();
  }

  private static ListedFact<HistoryFact, Long> history() {
    return new ListedFact<>(
        "history",
        lastFirst(Optional.empty()),
        fact -> fact.entry().number(),
        (facts, item) -> facts.putHistory(A, item),
        (facts, item) -> facts.removeHistory(A, item.entry().number()),
        (facts, before, limit) -> facts.history(A, before, limit),
        facts -> {
          for (RepositoryName other : OTHERS) {
            facts.putHistory(other, change(3, Optional.empty(), 3));
          }
        });
  }

  private static ListedFact<HistoryFact, Long> historyOfATag() {
    Tag tag = new Tag("1.0");
    return new ListedFact<>(
        "historyOfATag",
        lastFirst(Optional.of(tag)),
        fact -> fact.entry().number(),
        (facts, item) -> facts.putHistory(A, item),
        (facts, item) -> facts.removeHistory(A, item.entry().number()),
        (facts, before, limit) -> facts.history(A, tag, before, limit),
        facts -> {
          long number = 1_000;
          facts.putHistory(A, change(number, Optional.empty(), 3));
          for (Tag other : TAGS) {
            if (!other.equals(tag)) {
              facts.putHistory(A, change(++number, Optional.of(other), 3));
            }
          }
          for (RepositoryName other : OTHERS) {
            facts.putHistory(other, change(3, Optional.of(tag), 3));
          }
        });
  }

  private static ListedFact<HistoryEnd, HistoryEnd> historyEnds() {
    List<HistoryEnd> items = new ArrayList<>();
    for (long until : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
      items.add(new HistoryEnd(new StoreTime(until), A, 1_000 + until % 1_000));
      items.add(new HistoryEnd(new StoreTime(until), A, until % 1_000 + 1));
      items.add(new HistoryEnd(new StoreTime(until), name("a/b"), until % 1_000 + 1));
    }
    return new ListedFact<>(
        "historyEnds",
        items,
        Function.identity(),
        (facts, item) ->
            facts.putHistory(
                item.repository(),
                change(item.number(), Optional.of(new Tag("t")), item.until().millis())),
        (facts, item) -> facts.removeHistory(item.repository(), item.number()),
        FactReader::historyEnds,
        facts -> {
          facts.putHold(A, hold(MANIFESTS.get(2), 7));
          facts.putLink(A, link(M).reviewedFrom(new StoreTime(7)));
        });
  }

  private static ListedFact<UploadFact, ?> uploads() {
    return new ListedFact<>(
        "uploads",
        // The last one would come first if its number were taken as a signed one.
        LongStream.of(0, 1, 0x7f, 0x80, 0xff, 0x100, 0x4000_0000_0000_0000L)
            .mapToObj(SampleFacts::upload)
            .toList(),
        UploadFact::id,
        FactWriter::putUpload,
        (facts, item) -> facts.removeUpload(item.id()),
        FactReader::uploads,
        facts -> facts.putDoomed(new Placement(upload(1).id().toString())));
  }

  private static ListedFact<Placement, Placement> doomed() {
    return new ListedFact<>(
        "doomed",
        // As String compares: the pair of surrogates stands before the last of the single units.
        Stream.of("0", "00/x", "00/x.1", "a", "a/b", "ab", "é", "\u20ac", "\ud83d\ude00", "\uffee")
            .map(Placement::new)
            .toList(),
        Function.identity(),
        FactWriter::putDoomed,
        FactWriter::removeDoomed,
        FactReader::doomed,
        facts -> facts.putUpload(upload(1)));
  }

  private static ListedFact<Review, Review> reviews() {
    List<Review> items = new ArrayList<>();
    for (long due : new long[] {0, 1, 255, 256, Long.MAX_VALUE}) {
      items.add(new Review(new StoreTime(due), ReviewKind.MANIFEST, A, manifestDue(due)));
      items.add(new Review(new StoreTime(due), ReviewKind.BLOB, A, digest("due " + due)));
      items.add(new Review(new StoreTime(due), ReviewKind.BLOB, name("a/b"), M));
    }
    for (int i = 0; i < 3; i++) {
      StoredManifest held = MANIFESTS.get(i);
      items.add(new Review(new StoreTime(256 + i), ReviewKind.HOLD, A, held.descriptor().digest()));
    }
    Collections.sort(items);
    // One place is on the queue once: the last of each place is what stays.
    items.removeIf(item -> item.digest().equals(M) && item.due().millis() != 255);
    return new ListedFact<>(
        "reviews",
        items,
        Function.identity(),
        (facts, item) -> mark(facts, item, Optional.of(item.due())),
        (facts, item) -> mark(facts, item, Optional.empty()),
        (facts, after, limit) -> facts.reviews(after, new StoreTime(Long.MAX_VALUE), limit),
        facts -> {
          facts.putLink(name("b"), link(M));
          facts.putManifest(name("b"), manifest("unmarked"));
          facts.putUpload(upload(1));
          facts.putDoomed(new Placement("x"));
          facts.putClock(new ClockReading(new StoreTime(1), Instant.EPOCH));
        });
  }

  private static Digest manifestDue(long due) {
    return manifest("due " + due).descriptor().digest();
  }

  private static void mark(FactWriter facts, Review review, Optional<StoreTime> due)
      throws IOException {
    if (review.kind() == ReviewKind.HOLD && due.isEmpty()) {
      facts.removeHold(review.repository(), review.digest());
    } else if (review.kind() == ReviewKind.HOLD) {
      StoredManifest held =
          MANIFESTS.stream()
              .filter(m -> m.descriptor().digest().equals(review.digest()))
              .findAny()
              .orElseThrow();
      facts.putHold(review.repository(), hold(held, due.get().millis()));
    } else if (review.kind() == ReviewKind.BLOB) {
      facts.putLink(
          review.repository(), new BlobLink(review.digest(), MediaType.OCTET_STREAM, due));
    } else {
      StoredManifest manifest = manifest("due " + review.due().millis());
      facts.putManifest(review.repository(), manifest.withReview(due));
    }
  }

  private static ListedFact<StoredBlob, Digest> blobs() {
    return new ListedFact<>(
        "blobs",
        DIGESTS.stream().map(digest -> SampleFacts.blob(digest, 7)).toList(),
        StoredBlob::digest,
        FactWriter::putBlob,
        (facts, item) -> facts.removeBlob(item.digest()),
        FactReader::blobs,
        facts -> facts.putQuarantine(SampleFacts.quarantined(M)));
  }

  private static ListedFact<QuarantinedBlob, Digest> quarantines() {
    return new ListedFact<>(
        "quarantines",
        DIGESTS.stream().map(SampleFacts::quarantined).toList(),
        quarantined -> quarantined.blob().digest(),
        FactWriter::putQuarantine,
        (facts, item) -> facts.removeQuarantine(item.blob().digest()),
        FactReader::quarantines,
        facts -> facts.putBlob(SampleFacts.blob(M, 7)));
  }
}
