package dev.stowage.contract;

import static dev.stowage.contract.SampleFacts.alias;
import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.change;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.edge;
import static dev.stowage.contract.SampleFacts.hold;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.referrer;
import static dev.stowage.contract.SampleFacts.tag;
import static dev.stowage.contract.SampleFacts.upload;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Damage;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.HistoryEntry;
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
import dev.stowage.spi.Hold;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.RepositoryEdge;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What each fact and each list does. */
abstract class FactsContract {
  static final RepositoryName A = name("a");
  static final RepositoryName AB = name("a/b");

  /** The store under test. */
  MetadataStore store;

  /** Opens a store without facts. */
  protected abstract MetadataStore openFresh() throws IOException;

  /** Opens the store again that was opened last, and has been closed. */
  protected abstract MetadataStore reopen() throws IOException;

  @BeforeEach
  final void open() throws IOException {
    store = openFresh();
  }

  @AfterEach
  final void close() throws IOException {
    store.close();
  }

  /** Changes facts, without a result. */
  final void write(Change change) throws IOException {
    store.write(
        facts -> {
          change.in(facts);
          return true;
        });
  }

  private boolean has(RepositoryName name) throws IOException {
    return store.read(facts -> facts.hasRepository(name));
  }

  /** A function over facts without a result. */
  @FunctionalInterface
  interface Change {
    void in(FactWriter facts) throws IOException;
  }

  static Stream<ListedFact<?, ?>> lists() {
    return ListedFact.all();
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void listsInOrderWhateverTheOrderOfWriting(ListedFact<T, K> listed) throws IOException {
    List<T> shuffled = new ArrayList<>(listed.items());
    Collections.shuffle(shuffled, new Random(4));
    write(listed.beside()::in);
    for (T item : shuffled) {
      write(facts -> listed.put().in(facts, item));
    }
    assertEquals(listed.items(), store.read(listed::all));
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void listsNothingOfWhatIsBeside(ListedFact<T, K> listed) throws IOException {
    write(listed.beside()::in);
    assertEquals(List.of(), store.read(listed::all));
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void givesPagesThatAreFullUnlessTheListEnds(ListedFact<T, K> listed) throws IOException {
    write(
        facts -> {
          listed.beside().in(facts);
          for (T item : listed.items()) {
            listed.put().in(facts, item);
          }
        });
    assertPages(listed);
    store.write(
        facts -> {
          assertPages(listed, facts);
          return true;
        });
  }

  private <T, K> void assertPages(ListedFact<T, K> listed) throws IOException {
    store.read(
        facts -> {
          assertPages(listed, facts);
          return true;
        });
  }

  private static <T, K> void assertPages(ListedFact<T, K> listed, FactReader facts)
      throws IOException {
    List<T> items = listed.items();
    for (int limit = 1; limit <= items.size() + 1; limit++) {
      assertEquals(
          items.subList(0, Math.min(limit, items.size())),
          listed.page().of(facts, Optional.empty(), limit));
      for (int i = 0; i < items.size(); i++) {
        K after = listed.key().apply(items.get(i));
        assertEquals(
            items.subList(i + 1, Math.min(i + 1 + limit, items.size())),
            listed.page().of(facts, Optional.of(after), limit),
            "after " + after + ", at most " + limit);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void beginsAPageBehindWhatIsNotThere(ListedFact<T, K> listed) throws IOException {
    List<T> items = listed.items();
    write(
        facts -> {
          listed.beside().in(facts);
          for (int i = 1; i < items.size(); i += 2) {
            listed.put().in(facts, items.get(i));
          }
        });
    store.read(
        facts -> {
          for (int i = 0; i + 1 < items.size(); i += 2) {
            K absent = listed.key().apply(items.get(i));
            assertEquals(
                List.of(items.get(i + 1)), listed.page().of(facts, Optional.of(absent), 1));
          }
          return true;
        });
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void seesItsOwnChangesInLists(ListedFact<T, K> listed) throws IOException {
    List<T> items = listed.items();
    write(
        facts -> {
          listed.beside().in(facts);
          for (int i = 0; i < items.size(); i += 2) {
            listed.put().in(facts, items.get(i));
          }
        });
    List<T> odd = new ArrayList<>();
    write(
        facts -> {
          for (int i = 0; i < items.size(); i++) {
            if (i % 2 == 0) {
              listed.remove().in(facts, items.get(i));
            } else {
              listed.put().in(facts, items.get(i));
              odd.add(items.get(i));
            }
            List<T> expected = new ArrayList<>(odd);
            for (int j = i + 2 - i % 2; j < items.size(); j += 2) {
              expected.add(items.get(j));
            }
            assertEquals(expected, listed.all(facts));
            assertEquals(
                expected.subList(0, Math.min(2, expected.size())),
                listed.page().of(facts, Optional.empty(), 2));
          }
        });
    assertEquals(odd, store.read(listed::all));
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void removesWhatWasPut(ListedFact<T, K> listed) throws IOException {
    write(
        facts -> {
          for (T item : listed.items()) {
            listed.put().in(facts, item);
          }
        });
    for (T item : listed.items()) {
      write(facts -> listed.remove().in(facts, item));
    }
    assertEquals(List.of(), store.read(listed::all));
  }

  @ParameterizedTest
  @MethodSource("lists")
  <T, K> void removesNothingWhereNothingIs(ListedFact<T, K> listed) throws IOException {
    T there = listed.items().get(1);
    write(facts -> listed.put().in(facts, there));
    write(facts -> listed.remove().in(facts, listed.items().get(0)));
    assertEquals(List.of(there), store.read(listed::all));
  }

  @Test
  void keepsARepositoryUntilItIsRemoved() throws IOException {
    write(facts -> facts.putRepository(A));
    write(facts -> facts.putRepository(A));
    assertTrue(has(A));
    assertFalse(has(AB));
    write(facts -> facts.removeRepository(A));
    assertFalse(has(A));
  }

  @Test
  void keepsABlobAndReplacesIt() throws IOException {
    Digest digest = digest("blob");
    StoredBlob large = new StoredBlob(digest, Long.MAX_VALUE, new Placement("é/\ud83d\ude00"));
    write(facts -> facts.putBlob(large));
    assertEquals(Optional.of(large), store.read(facts -> facts.blob(digest)));
    StoredBlob empty = blob(digest, 0);
    write(facts -> facts.putBlob(empty));
    assertEquals(Optional.of(empty), store.read(facts -> facts.blob(digest)));
    write(facts -> facts.removeBlob(digest));
    write(facts -> facts.removeBlob(digest));
    assertEquals(Optional.empty(), store.read(facts -> facts.blob(digest)));
  }

  @Test
  void listsTheAliasesOfADigest() throws IOException {
    Digest one = digest("one");
    List<Digest> aliases = Stream.of("x", "y", "z").map(SampleFacts::alias).sorted().toList();
    write(
        facts -> {
          facts.putAlias(aliases.get(1), one);
          facts.putAlias(aliases.get(0), one);
          facts.putAlias(aliases.get(2), digest("two"));
        });
    assertEquals(aliases.subList(0, 2), store.read(facts -> facts.aliases(one)));
    assertEquals(Optional.of(one), store.read(facts -> facts.aliasTarget(aliases.get(0))));
    assertEquals(Optional.of(one), store.aliasTarget(aliases.get(1)));
    write(facts -> facts.removeAlias(aliases.get(0)));
    assertEquals(aliases.subList(1, 2), store.read(facts -> facts.aliases(one)));
    assertEquals(Optional.empty(), store.aliasTarget(aliases.get(0)));
    assertEquals(Optional.empty(), store.aliasTarget(one));
  }

  @Test
  void movesAnAliasThatIsPutAgain() throws IOException {
    Digest alias = alias("x");
    write(facts -> facts.putAlias(alias, digest("one")));
    write(facts -> facts.putAlias(alias, digest("two")));
    assertEquals(List.of(), store.read(facts -> facts.aliases(digest("one"))));
    assertEquals(List.of(alias), store.read(facts -> facts.aliases(digest("two"))));
  }

  @Test
  void linksWithAMediaTypeOfTheRepositorysOwn() throws IOException {
    Digest digest = digest("blob");
    BlobLink text = new BlobLink(digest, new MediaType("text/plain"));
    write(
        facts -> {
          facts.putLink(A, link(digest));
          facts.putLink(AB, text);
        });
    assertEquals(Optional.of(link(digest)), store.read(facts -> facts.link(A, digest)));
    assertEquals(Optional.of(text), store.read(facts -> facts.link(AB, digest)));
    write(facts -> facts.putLink(A, text));
    assertEquals(List.of(text), store.read(facts -> facts.links(A, Optional.empty(), 9)));
    assertEquals(List.of(A, AB), store.read(facts -> facts.linkers(digest, Optional.empty(), 9)));
  }

  @Test
  void findsALinkedBlobOnlyWithLinkAndRecord() throws IOException {
    Digest digest = digest("blob");
    assertEquals(Optional.empty(), store.linkedBlob(A, digest));
    write(facts -> facts.putLink(A, link(digest)));
    assertEquals(Optional.empty(), store.linkedBlob(A, digest));
    write(facts -> facts.putBlob(blob(digest, 5)));
    assertEquals(
        Optional.of(new LinkedBlob(link(digest), blob(digest, 5))), store.linkedBlob(A, digest));
    assertEquals(Optional.empty(), store.linkedBlob(AB, digest));
    write(facts -> facts.removeLink(A, digest));
    assertEquals(Optional.empty(), store.linkedBlob(A, digest));
  }

  @Test
  void keepsAManifestWithAllThatIsSaidOfIt() throws IOException {
    StoredManifest plain = manifest("{\"a\": 1}");
    Digest digest = plain.descriptor().digest();
    for (Digest pushedWith : List.of(digest, alias("{\"a\": 1}"))) {
      StoredManifest stored = new StoredManifest(plain.descriptor(), pushedWith, plain.content());
      write(facts -> facts.putManifest(A, stored));
      assertEquals(Optional.of(stored), store.read(facts -> facts.manifest(A, digest)));
      assertEquals(Optional.of(stored), store.manifest(A, digest));
    }
    assertEquals(Optional.empty(), store.manifest(AB, digest));
    assertEquals(Optional.empty(), store.manifest(A, digest("another")));
    write(facts -> facts.removeManifest(A, digest));
    assertEquals(Optional.empty(), store.manifest(A, digest));
  }

  @Test
  void keepsManifestsOfAnySizeInTheSameWay() throws IOException {
    List<StoredManifest> manifests = new ArrayList<>();
    for (int size : new int[] {0, 1, (64 << 10) - 1, 64 << 10, (64 << 10) + 1, 4 << 20}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      Digest digest = Digest.canonical(ByteBuffer.wrap(content));
      manifests.add(
          new StoredManifest(
              new Descriptor(SampleFacts.MANIFEST, size, digest),
              digest,
              ByteBuffer.wrap(content)));
    }
    write(
        facts -> {
          for (StoredManifest manifest : manifests) {
            facts.putManifest(A, manifest);
            assertEquals(Optional.of(manifest), facts.manifest(A, manifest.descriptor().digest()));
          }
        });
    store.close();
    store = reopen();
    for (StoredManifest manifest : manifests) {
      assertEquals(Optional.of(manifest), store.manifest(A, manifest.descriptor().digest()));
    }
    assertEquals(
        manifests.stream()
            .map(StoredManifest::descriptor)
            .map(Descriptor::digest)
            .sorted()
            .toList(),
        store.read(facts -> facts.manifests(A, Optional.empty(), 100)).stream()
            .map(Descriptor::digest)
            .toList());
  }

  @Test
  void keepsTheBytesThatWereGiven() throws IOException {
    ByteBuffer wider = ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3);
    Digest digest = Digest.canonical(wider);
    Descriptor descriptor = new Descriptor(SampleFacts.MANIFEST, 3, digest);
    write(
        facts -> {
          facts.putManifest(A, new StoredManifest(descriptor, digest, wider));
          wider.array()[2] = 77;
        });
    StoredManifest found = store.manifest(A, digest).orElseThrow();
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), found.content());
    found.content().get();
    assertEquals(3, found.content().remaining());
  }

  @Test
  void movesATagAndItsPlaceInTheListOfTheManifest() throws IOException {
    TagTarget first =
        new TagTarget(new Tag("v1"), digest("one"), alias("one"), Instant.ofEpochMilli(-1));
    TagTarget second = tag("v1", digest("two"));
    write(facts -> facts.putTag(A, first));
    assertEquals(Optional.of(first), store.tag(A, first.tag()));
    write(
        facts -> {
          facts.putTag(A, second);
          assertEquals(List.of(), facts.tagsOf(A, digest("one"), Optional.empty(), 9));
          assertEquals(List.of(first.tag()), facts.tagsOf(A, digest("two"), Optional.empty(), 9));
        });
    assertEquals(Optional.of(second), store.tag(A, first.tag()));
    assertEquals(
        List.of(), store.read(facts -> facts.tagsOf(A, digest("one"), Optional.empty(), 9)));
    write(facts -> facts.putTag(A, second));
    assertEquals(
        List.of(first.tag()),
        store.read(facts -> facts.tagsOf(A, digest("two"), Optional.empty(), 9)));
    write(facts -> facts.removeTag(A, first.tag()));
    assertEquals(
        List.of(), store.read(facts -> facts.tagsOf(A, digest("two"), Optional.empty(), 9)));
    assertEquals(Optional.empty(), store.tag(A, first.tag()));
  }

  @Test
  void takesNamesAndTagsOfFullLength() throws IOException {
    RepositoryName longest = name("r".repeat(RepositoryName.MAX_LENGTH));
    TagTarget target = tag("t".repeat(128), digest("m"));
    write(
        facts -> {
          facts.putRepository(longest);
          facts.putTag(longest, target);
        });
    assertEquals(Optional.of(target), store.tag(longest, target.tag()));
    assertEquals(
        List.of(target.tag()),
        store.read(facts -> facts.tagsOf(longest, digest("m"), Optional.empty(), 1)));
  }

  @Test
  void listsEdgesByRoleAndThenByTarget() throws IOException {
    Digest from = digest("manifest");
    List<Edge> edges = new ArrayList<>();
    for (EdgeRole role : EdgeRole.values()) {
      for (Digest to : Stream.of(digest("x"), digest("y"), alias("x")).sorted().toList()) {
        edges.add(edge(from, role, to));
      }
    }
    List<Edge> shuffled = new ArrayList<>(edges);
    Collections.shuffle(shuffled, new Random(1));
    write(
        facts -> {
          for (Edge edge : shuffled) {
            facts.putEdge(A, edge);
            facts.putEdge(A, edge(digest("another"), edge.role(), edge.to()));
          }
          assertEquals(edges, facts.edgesFrom(A, from));
        });
    assertEquals(edges, store.read(facts -> facts.edgesFrom(A, from)));
    assertEquals(List.of(), store.read(facts -> facts.edgesFrom(AB, from)));
    write(facts -> facts.removeEdge(A, edges.get(0)));
    assertEquals(edges.subList(1, edges.size()), store.read(facts -> facts.edgesFrom(A, from)));
  }

  @Test
  void findsTheEdgesToATargetInAllRepositories() throws IOException {
    Digest target = alias("subject");
    Set<RepositoryEdge> edges =
        Set.of(
            new RepositoryEdge(A, edge(digest("x"), EdgeRole.LAYER, target)),
            new RepositoryEdge(AB, edge(digest("x"), EdgeRole.SUBJECT, target)),
            new RepositoryEdge(name("b"), edge(digest("y"), EdgeRole.CHILD, target)));
    write(
        facts -> {
          for (RepositoryEdge edge : edges) {
            facts.putEdge(edge.repository(), edge.edge());
            facts.putEdge(edge.repository(), edge(digest("x"), EdgeRole.LAYER, digest("z")));
          }
        });
    assertEquals(edges, Set.copyOf(store.read(facts -> facts.edgesTo(target, 10))));
    write(
        facts -> {
          for (int left = 3; left > 0; left--) {
            assertEquals(Math.min(2, left), facts.edgesTo(target, 2).size());
            RepositoryEdge next = facts.edgesTo(target, 1).get(0);
            facts.removeEdge(next.repository(), next.edge());
          }
          assertEquals(List.of(), facts.edgesTo(target, 1));
        });
    assertEquals(List.of(), store.read(facts -> facts.edgesTo(target, 1)));
  }

  @Test
  void keepsAReferrerWithItsAnnotationsInTheirOrder() throws IOException {
    Map<String, String> annotations = new LinkedHashMap<>();
    annotations.put("z", "last letter first");
    annotations.put("", "");
    annotations.put("org.opencontainers.image.title", "a\u0000b \u00e9 \u20ac \ud83d\ude00");
    annotations.put("a lone surrogate, as JSON may escape one", "\ud800x\udc00");
    Digest digest = digest("referrer");
    Referrer referrer =
        new Referrer(
            alias("referrer"),
            new Descriptor(SampleFacts.MANIFEST, 1234, digest),
            Optional.of("application/vnd.example+json; anything"),
            annotations);
    Digest subject = alias("subject");
    write(facts -> facts.putReferrer(A, subject, referrer));
    Referrer found = store.read(facts -> facts.referrers(A, subject, Optional.empty(), 9)).get(0);
    assertEquals(referrer, found);
    assertEquals(List.copyOf(annotations.keySet()), List.copyOf(found.annotations().keySet()));
    write(facts -> facts.putReferrer(A, subject, referrer(digest)));
    assertEquals(
        List.of(referrer(digest)),
        store.read(facts -> facts.referrers(A, subject, Optional.empty(), 9)));
  }

  @Test
  void keepsAnUploadAndItsNewState() throws IOException {
    UploadFact upload = upload(5);
    write(facts -> facts.putUpload(upload));
    assertEquals(Optional.of(upload), store.read(facts -> facts.upload(upload.id())));
    UploadFact later =
        new UploadFact(
            upload.id(), AB, "señor", upload.startedAt(), new StagingState("parts=1,2,3"));
    write(facts -> facts.putUpload(later));
    assertEquals(Optional.of(later), store.read(facts -> facts.upload(upload.id())));
    assertEquals(Optional.empty(), store.read(facts -> facts.upload(UploadId.random())));
    write(facts -> facts.removeUpload(upload.id()));
    assertEquals(Optional.empty(), store.read(facts -> facts.upload(upload.id())));
  }

  private List<Review> reviews() throws IOException {
    return store.read(facts -> facts.reviews(Optional.empty(), new StoreTime(Long.MAX_VALUE), 100));
  }

  @Test
  void keepsTheReviewQueueInStepWithTheMarks() throws IOException {
    Digest blob = digest("blob");
    StoreTime first = new StoreTime(70_000);
    StoreTime second = new StoreTime(3);
    write(facts -> facts.putLink(A, link(blob).reviewedFrom(first)));
    assertEquals(List.of(new Review(first, ReviewKind.BLOB, A, blob)), reviews());
    assertEquals(
        Optional.of(link(blob).reviewedFrom(first)), store.read(facts -> facts.link(A, blob)));
    write(
        facts -> {
          facts.putLink(A, link(blob).reviewedFrom(second));
          facts.putLink(AB, link(blob));
          facts.putBlob(blob(blob, 1));
        });
    assertEquals(List.of(new Review(second, ReviewKind.BLOB, A, blob)), reviews());
    assertEquals(Optional.of(second), store.linkedBlob(A, blob).orElseThrow().link().review());
    write(facts -> facts.putLink(A, link(blob)));
    assertEquals(List.of(), reviews());
    write(facts -> facts.putLink(A, link(blob).reviewedFrom(first)));
    write(facts -> facts.removeLink(A, blob));
    assertEquals(List.of(), reviews());
  }

  @Test
  void keepsAManifestsMarkWithAllThatIsSaidOfIt() throws IOException {
    StoredManifest plain = manifest("{}");
    Digest digest = plain.descriptor().digest();
    StoreTime due = new StoreTime(Long.MAX_VALUE);
    write(facts -> facts.putManifest(A, plain.withReview(Optional.of(due))));
    assertEquals(Optional.of(plain.withReview(Optional.of(due))), store.manifest(A, digest));
    assertEquals(
        List.of(plain.descriptor()), store.read(facts -> facts.manifests(A, Optional.empty(), 9)));
    assertEquals(List.of(new Review(due, ReviewKind.MANIFEST, A, digest)), reviews());
    write(
        facts -> {
          facts.putManifest(A, plain.withReview(Optional.of(StoreTime.ZERO)));
          assertEquals(
              List.of(new Review(StoreTime.ZERO, ReviewKind.MANIFEST, A, digest)),
              facts.reviews(Optional.empty(), StoreTime.ZERO, 9));
        });
    write(facts -> facts.putManifest(A, plain));
    assertEquals(List.of(), reviews());
    write(facts -> facts.putManifest(A, plain.withReview(Optional.of(due))));
    write(facts -> facts.removeManifest(A, digest));
    assertEquals(List.of(), reviews());
  }

  @Test
  void keepsAHoldApartFromTheManifestsThatReadersSee() throws IOException {
    StoredManifest plain = manifest("{}");
    Digest digest = plain.descriptor().digest();
    Hold first = hold(plain.withReview(Optional.of(StoreTime.ZERO)), 5);
    assertEquals(Optional.empty(), first.manifest().review());
    write(facts -> facts.putHold(A, first));
    assertEquals(Optional.of(first), store.read(facts -> facts.hold(A, digest)));
    assertEquals(Optional.empty(), store.manifest(A, digest));
    assertEquals(
        List.of(), store.read(facts -> facts.manifestHolders(digest, Optional.empty(), 9)));
    assertEquals(List.of(new Review(new StoreTime(5), ReviewKind.HOLD, A, digest)), reviews());
    Hold second = first.endingAt(new StoreTime(70_000));
    write(facts -> facts.putHold(A, second));
    store.close();
    store = reopen();
    assertEquals(Optional.of(second), store.read(facts -> facts.hold(A, digest)));
    assertEquals(List.of(new Review(new StoreTime(70_000), ReviewKind.HOLD, A, digest)), reviews());
    write(facts -> facts.putManifest(A, plain));
    write(facts -> facts.removeHold(A, digest));
    assertEquals(Optional.empty(), store.read(facts -> facts.hold(A, digest)));
    assertEquals(Optional.of(plain), store.manifest(A, digest));
    assertEquals(List.of(), reviews());
  }

  @Test
  void keepsHeldLinksAndEdgesApartFromThoseThatReadersSee() throws IOException {
    Digest blob = digest("blob");
    BlobLink text = new BlobLink(blob, new MediaType("text/plain"));
    write(
        facts -> {
          facts.putBlob(blob(blob, 1));
          facts.putHeldLink(A, text.reviewedFrom(StoreTime.ZERO));
          facts.putHeldEdge(A, edge(digest("m"), EdgeRole.CHILD, blob));
          facts.putHeldEdge(A, edge(digest("m"), EdgeRole.LAYER, blob));
        });
    assertEquals(Optional.of(text), store.read(facts -> facts.heldLink(A, blob)));
    assertEquals(Optional.empty(), store.linkedBlob(A, blob));
    assertEquals(List.of(), store.read(facts -> facts.linkers(blob, Optional.empty(), 9)));
    assertEquals(List.of(), reviews());
    assertFalse(isNeeded(A, blob));
    assertEquals(
        List.of(edge(digest("m"), EdgeRole.LAYER, blob), edge(digest("m"), EdgeRole.CHILD, blob)),
        store.read(facts -> facts.heldEdgesFrom(A, digest("m"))));
    assertEquals(List.of(), store.read(facts -> facts.edgesFrom(A, digest("m"))));
    assertEquals(List.of(), store.read(facts -> facts.edgesTo(blob, 9)));
  }

  @Test
  void takesForHeldWhatIsMoreThanASubject() throws IOException {
    Digest target = digest("target");
    write(
        facts -> {
          facts.putHeldEdge(A, edge(digest("m"), EdgeRole.SUBJECT, target));
          facts.putHeldEdge(AB, edge(digest("m"), EdgeRole.LAYER, target));
          facts.putEdge(A, edge(digest("m"), EdgeRole.LAYER, target));
        });
    assertFalse(isHeld(A, target));
    assertTrue(isHeld(AB, target));
    for (EdgeRole role : List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD)) {
      write(facts -> facts.putHeldEdge(A, edge(digest("m"), role, target)));
      assertTrue(isHeld(A, target));
      write(
          facts -> {
            facts.removeHeldEdge(A, edge(digest("m"), role, target));
            assertFalse(facts.isHeld(A, target));
          });
    }
  }

  @Test
  void keepsAChangeWithAllThatIsSaidOfIt() throws IOException {
    HistoryEntry.Version from = new HistoryEntry.Version(digest("one"), alias("one"));
    HistoryEntry.Version to = new HistoryEntry.Version(digest("two"), digest("two"));
    Tag tag = new Tag("v1");
    for (HistoryEntry.Change change : HistoryEntry.Change.values()) {
      HistoryFact fact =
          new HistoryFact(
              new HistoryEntry(
                  7,
                  Instant.ofEpochMilli(-1),
                  "señor",
                  change,
                  Optional.of(tag),
                  Optional.of(from),
                  Optional.of(to)),
              new StoreTime(5));
      write(facts -> facts.putHistory(A, fact));
      assertEquals(List.of(fact), store.read(f -> f.history(A, Optional.empty(), 9)));
      assertEquals(List.of(fact), store.read(f -> f.history(A, tag, Optional.empty(), 9)));
    }
    HistoryFact other = change(7, Optional.empty(), 6);
    write(facts -> facts.putHistory(A, other));
    assertEquals(List.of(other), store.read(f -> f.history(A, Optional.empty(), 9)));
    assertEquals(List.of(), store.read(f -> f.history(A, tag, Optional.empty(), 9)));
    assertEquals(
        List.of(new HistoryEnd(new StoreTime(6), A, 7)),
        store.read(f -> f.historyEnds(Optional.empty(), 9)));
  }

  private boolean isHeld(RepositoryName repository, Digest target) throws IOException {
    return store.read(facts -> facts.isHeld(repository, target));
  }

  private boolean isNeeded(RepositoryName repository, Digest target) throws IOException {
    return store.read(facts -> facts.isNeeded(repository, target));
  }

  @Test
  void givesTheReviewsThatAreDueUntilAMoment() throws IOException {
    Digest blob = digest("blob");
    List<Review> all = new ArrayList<>();
    for (long due : new long[] {5, 6, 255, 256}) {
      RepositoryName repository = name("r" + due);
      write(facts -> facts.putLink(repository, link(blob).reviewedFrom(new StoreTime(due))));
      all.add(new Review(new StoreTime(due), ReviewKind.BLOB, repository, blob));
    }
    write(
        facts -> {
          for (long until : new long[] {0, 4, 5, 6, 254, 255, 256, 257}) {
            List<Review> due =
                all.stream().filter(review -> review.due().millis() <= until).toList();
            StoreTime moment = new StoreTime(until);
            assertEquals(due, facts.reviews(Optional.empty(), moment, 9));
            assertEquals(due, store.read(f -> f.reviews(Optional.empty(), moment, 9)));
            assertEquals(
                due.stream().skip(2).toList(), facts.reviews(Optional.of(all.get(1)), moment, 9));
          }
          // What a transaction has put itself is bounded as well.
          facts.putLink(A, link(blob).reviewedFrom(new StoreTime(6)));
          assertEquals(3, facts.reviews(Optional.empty(), new StoreTime(6), 9).size());
          assertEquals(1, facts.reviews(Optional.empty(), new StoreTime(5), 9).size());
        });
  }

  @Test
  void takesForNeededWhatIsMoreThanASubject() throws IOException {
    Digest target = digest("target");
    write(
        facts -> {
          facts.putEdge(A, edge(digest("m"), EdgeRole.SUBJECT, target));
          facts.putEdge(AB, edge(digest("m"), EdgeRole.LAYER, target));
          facts.putEdge(A, edge(target, EdgeRole.LAYER, digest("other")));
        });
    assertFalse(isNeeded(A, target));
    assertTrue(isNeeded(AB, target));
    for (EdgeRole role : List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD)) {
      write(facts -> facts.putEdge(A, edge(digest("m"), role, target)));
      assertTrue(isNeeded(A, target));
      write(
          facts -> {
            facts.removeEdge(A, edge(digest("m"), role, target));
            assertFalse(facts.isNeeded(A, target));
          });
    }
  }

  @Test
  void keepsTheClockAndTheRulesOfReview() throws IOException {
    assertEquals(Optional.empty(), store.read(FactReader::clock));
    assertEquals(Optional.empty(), store.read(FactReader::reviewRules));
    ClockReading reading = new ClockReading(new StoreTime(1234567), Instant.ofEpochMilli(-5));
    write(facts -> facts.putClock(new ClockReading(StoreTime.ZERO, Instant.EPOCH)));
    write(facts -> facts.putClock(reading));
    write(facts -> facts.putReviewRules("every é, 1"));
    store.close();
    store = reopen();
    assertEquals(Optional.of(reading), store.read(FactReader::clock));
    assertEquals(Optional.of("every é, 1"), store.read(FactReader::reviewRules));
  }

  @Test
  void seesItsOwnChangesInSingleFacts() throws IOException {
    Digest digest = digest("blob");
    write(
        facts -> {
          facts.putBlob(blob(digest, 1));
          assertEquals(Optional.of(blob(digest, 1)), facts.blob(digest));
          facts.putBlob(blob(digest, 2));
          assertEquals(Optional.of(blob(digest, 2)), facts.blob(digest));
          facts.removeBlob(digest);
          assertEquals(Optional.empty(), facts.blob(digest));
          facts.putBlob(blob(digest, 3));
        });
    assertEquals(Optional.of(blob(digest, 3)), store.read(facts -> facts.blob(digest)));
  }

  @Test
  void keepsEverythingWhenItIsOpenedAgain() throws IOException {
    write(
        facts -> {
          facts.putRepository(AB);
          facts.putBlob(blob(digest("b"), 8));
          facts.putLink(AB, link(digest("b")));
          facts.putTag(AB, tag("v1", digest("m")));
        });
    write(facts -> facts.putDoomed(new Placement("p")));
    store.close();
    store = reopen();
    assertTrue(has(AB));
    assertTrue(store.linkedBlob(AB, digest("b")).isPresent());
    assertEquals(
        List.of(new Tag("v1")),
        store.read(facts -> facts.tagsOf(AB, digest("m"), Optional.empty(), 1)));
    assertEquals(
        List.of(new Placement("p")), store.read(facts -> facts.doomed(Optional.empty(), 1)));
  }

  @Test
  void keepsABlobInQuarantineBesideItsRecord() throws IOException {
    Digest digest = digest("b");
    QuarantinedBlob quarantined = SampleFacts.quarantined(digest);
    write(facts -> facts.putQuarantine(quarantined));
    assertEquals(Optional.empty(), store.read(facts -> facts.blob(digest)));
    assertEquals(Optional.of(quarantined), store.read(facts -> facts.quarantined(digest)));
    write(facts -> facts.putBlob(blob(digest, 1)));
    assertEquals(Optional.of(quarantined), store.read(facts -> facts.quarantined(digest)));
    QuarantinedBlob again =
        new QuarantinedBlob(
            blob(digest, 2), Damage.MISSING, Instant.ofEpochMilli(1_700_000_000_790L));
    write(facts -> facts.putQuarantine(again));
    assertEquals(Optional.of(again), store.read(facts -> facts.quarantined(digest)));
    write(facts -> facts.removeQuarantine(digest));
    assertEquals(Optional.empty(), store.read(facts -> facts.quarantined(digest)));
    assertEquals(Optional.of(blob(digest, 1)), store.read(facts -> facts.blob(digest)));
  }

  @ParameterizedTest
  @EnumSource
  void keepsEveryDamageOfABlobInQuarantine(Damage damage) throws IOException {
    QuarantinedBlob quarantined =
        new QuarantinedBlob(blob(digest("b"), 0), damage, Instant.ofEpochMilli(0));
    write(facts -> facts.putQuarantine(quarantined));
    assertEquals(Optional.of(quarantined), store.read(facts -> facts.quarantined(digest("b"))));
  }

  @Test
  void tellsADoomedPlacementFromOthers() throws IOException {
    Placement doomed = new Placement("p");
    write(facts -> facts.putDoomed(doomed));
    assertEquals(true, store.read(facts -> facts.isDoomed(doomed)));
    assertEquals(false, store.read(facts -> facts.isDoomed(new Placement("p1"))));
    write(facts -> facts.removeDoomed(doomed));
    assertEquals(false, store.read(facts -> facts.isDoomed(doomed)));
  }

  @Test
  void failsWhenItIsClosed() throws IOException {
    store.close();
    store.close();
    assertThrows(IOException.class, () -> store.read(facts -> facts.hasRepository(A)));
    assertThrows(IOException.class, () -> write(facts -> facts.putRepository(A)));
    assertThrows(IOException.class, () -> store.tag(A, new Tag("t")));
    assertThrows(IOException.class, () -> store.manifest(A, digest("m")));
    assertThrows(IOException.class, () -> store.linkedBlob(A, digest("m")));
    assertThrows(IOException.class, () -> store.aliasTarget(alias("m")));
  }
}
