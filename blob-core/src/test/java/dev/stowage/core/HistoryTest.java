package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static dev.stowage.core.Bench.sha512;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.Actor;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.Explanation;
import dev.stowage.maintenance.NotRestorableException;
import dev.stowage.maintenance.PurgeReport;
import dev.stowage.maintenance.Removal;
import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.Restored;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.UntaggedPolicy;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.Page;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is remembered, brought back, ended for good, and explained. */
class HistoryTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Duration WINDOW = Duration.ofDays(14);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Tag V1 = new Tag("v1");
  private static final Actor ME = new Actor("me", "");
  private static final String IMAGE = LineManifestReader.line(EdgeRole.LAYER, digest("layer"), 5);
  private static final String OTHER = "# other\n" + IMAGE;
  private static final String INDEX =
      LineManifestReader.line(EdgeRole.CHILD, digest(IMAGE), IMAGE.length());
  private static final String SIGNATURE =
      LineManifestReader.line(EdgeRole.SUBJECT, digest(IMAGE), IMAGE.length());

  private final SteppedTime time = new SteppedTime();
  private Bench bench = new Bench(options());

  HistoryTest() throws IOException {}

  private CoreOptions options() {
    return CoreOptions.defaults()
        .withClock(time)
        .withNanos(time::nanos)
        .withCollection(CollectionPolicy.defaults().withTimes(GRACE, Duration.ZERO));
  }

  private void use(CoreOptions options) throws IOException {
    bench.close();
    bench = new Bench(options);
  }

  private static UntaggedPolicy untaggedAtOnce() {
    return new UntaggedPolicy(
        List.of(new UntaggedPolicy.Rule(RepositoryPattern.ALL, Optional.of(Duration.ZERO))));
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  private void put(String text) throws IOException {
    bench.blobs().put(TYPE, content(text));
  }

  private void push(String tag, String document) throws IOException {
    bench
        .registry
        .as(ME)
        .repository(A)
        .manifests()
        .put(Reference.of(new Tag(tag)), LineManifestReader.TYPE, content(document), List.of());
  }

  private void delete(String document) throws IOException {
    bench.registry.as(ME).repository(A).manifests().delete(Reference.of(digest(document)));
  }

  private void untag(String tag) throws IOException {
    bench.registry.as(ME).repository(A).manifests().delete(Reference.of(new Tag(tag)));
  }

  private boolean isThere(String document) throws IOException {
    return bench.repository().manifests().find(Reference.of(digest(document))).isPresent();
  }

  private Optional<Digest> target(String tag) throws IOException {
    return bench
        .repository()
        .manifests()
        .find(Reference.of(new Tag(tag)))
        .map(manifest -> manifest.name());
  }

  /** What a collection removes; a dry run says the same. */
  private List<String> collect() throws IOException {
    List<String> planned = new ArrayList<>();
    bench.registry.collector().preview(r -> planned.add(name(r)));
    List<String> removed = new ArrayList<>();
    bench.registry.collector().collect(r -> removed.add(name(r)));
    assertEquals(removed.stream().sorted().toList(), planned.stream().sorted().toList());
    return removed;
  }

  private static String name(Removal removal) {
    return removal.toString().replaceAll(": .*", "").replaceAll(" of .*", "");
  }

  private static String hold(String text) {
    return "hold a@" + digest(text);
  }

  private static String link(String text) {
    return "link a@" + digest(text);
  }

  private static String blob(String text) {
    return "blob " + digest(text);
  }

  private List<String> history(Optional<Tag> tag) throws IOException {
    Page<HistoryEntry> page = bench.registry.history().list(A, tag, Optional.empty(), 100);
    assertFalse(page.more());
    return page.items().stream().map(HistoryTest::words).toList();
  }

  private static String words(HistoryEntry entry) {
    return entry.actor()
        + " "
        + entry.change()
        + entry.tag().map(tag -> " " + tag).orElse("")
        + entry.from().map(from -> " from " + text(from.manifest())).orElse("")
        + entry.to().map(to -> " to " + text(to.manifest())).orElse("");
  }

  private static String text(Digest digest) {
    return digest.equals(digest(IMAGE)) ? "image" : digest.equals(digest(OTHER)) ? "other" : "?";
  }

  private Restored restore(String document) throws IOException {
    return bench.registry.history().restore(ME, A, digest(document));
  }

  private Restored restore(Optional<Instant> at) throws IOException {
    return bench.registry.history().restore(ME, A, V1, at);
  }

  private PurgeReport purge(Optional<Digest> digest) throws IOException {
    return bench.registry.purger().purge(A, digest, removal -> {});
  }

  private Explanation explain(Reference reference) throws IOException {
    return bench.registry.explainer().explain(A, Optional.of(reference));
  }

  @Test
  void tellsWhatHappenedToTagsAndManifestsLastFirst() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v1", IMAGE);
    push("v1", OTHER);
    untag("v1");
    push("v2", OTHER);
    delete(OTHER);
    List<String> all =
        List.of(
            "me DELETED from other",
            "me DELETED v2 from other",
            "me SET v2 to other",
            "me DELETED v1 from other",
            "me MOVED v1 from image to other",
            "me SET v1 to image");
    assertEquals(all, history(Optional.empty()));
    assertEquals(all.subList(3, 6), history(Optional.of(V1)));
    Page<HistoryEntry> first =
        bench.registry.history().list(A, Optional.of(V1), Optional.empty(), 2);
    assertTrue(first.more());
    Page<HistoryEntry> rest =
        bench
            .registry
            .history()
            .list(A, Optional.of(V1), Optional.of(first.items().get(1).number()), 2);
    assertEquals(
        List.of("me SET v1 to image"), rest.items().stream().map(HistoryTest::words).toList());
    assertFalse(rest.more());
  }

  @Test
  void aPushThatChangesNothingWritesNoHistory() throws IOException {
    put("layer");
    for (int i = 0; i < 5; i++) {
      push("v1", IMAGE);
    }
    assertEquals(1, history(Optional.empty()).size());
  }

  @Test
  void forgetsChangesWhoseTimeIsOver() throws IOException {
    put("layer");
    push("v1", IMAGE);
    time.pass(WINDOW);
    push("v1", OTHER);
    collect();
    assertEquals(2, history(Optional.empty()).size());
    time.pass(MOMENT);
    collect();
    assertEquals(List.of("me MOVED v1 from image to other"), history(Optional.empty()));
  }

  @Test
  void whereTheWindowIsZeroNothingIsRememberedOrHeld() throws IOException {
    use(options().withCollection(options().collection().withHistory(Duration.ZERO)));
    put("layer");
    push("v1", IMAGE);
    delete(IMAGE);
    bench.blobs().delete(digest("layer"));
    assertEquals(0, bench.placements());
    assertEquals(List.of(), history(Optional.empty()));
    assertThrows(NotRestorableException.class, () -> restore(IMAGE));
  }

  @Test
  void aDeletionTakesEffectAtOnceAndFreesItsSpaceAfterTheWindow() throws IOException {
    put("layer");
    push("v1", IMAGE);
    delete(IMAGE);
    assertFalse(isThere(IMAGE));
    assertEquals(Page.empty(), bench.repository().manifests().list(Optional.empty(), 9));
    bench.blobs().delete(digest("layer"));
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest("layer")));
    assertEquals(Page.empty(), bench.repository().listBlobs(Optional.empty(), 9));
    assertEquals(Optional.empty(), bench.registry.repository(B).mount(digest("layer"), A));
    assertEquals(1, bench.placements());
    time.pass(WINDOW.minus(MOMENT));
    assertEquals(List.of(), collect());
    assertEquals(1, bench.placements());
    time.pass(MOMENT);
    assertEquals(List.of(hold(IMAGE), blob("layer")), collect());
    assertEquals(0, bench.placements());
    assertThrows(NotRestorableException.class, () -> restore(IMAGE));
  }

  @Test
  void whatTheCollectorUnlinksStaysForWhatCanBeRestored() throws IOException {
    put("layer");
    push("v1", IMAGE);
    delete(IMAGE);
    time.pass(GRACE);
    assertEquals(List.of(link("layer")), collect());
    assertEquals(1, bench.placements());
    restore(Optional.empty());
    assertEquals(content("layer"), bench.blobs().get(digest("layer"), 9));
    time.pass(WINDOW.multipliedBy(2));
    assertEquals(List.of(), collect());
    assertEquals(Optional.of(digest(IMAGE)), target("v1"));
    assertEquals(content("layer"), bench.blobs().get(digest("layer"), 9));
  }

  @Test
  void aBlobThatNoManifestEverReferredToIsNotHeld() throws IOException {
    put("x");
    bench.blobs().delete(digest("x"));
    assertEquals(0, bench.placements());
  }

  @Test
  void restoresAManifestWithItsEdgesItsPlaceAsReferrerAndItsIndexesChildren() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("index", INDEX);
    push("sig", SIGNATURE);
    delete(INDEX);
    delete(IMAGE);
    delete(SIGNATURE);
    bench.blobs().delete(digest("layer"));
    Restored restored = restore(INDEX);
    assertEquals(List.of(digest(IMAGE), digest(INDEX)), restored.manifests());
    assertEquals(List.of(digest("layer")), restored.blobs());
    assertTrue(isThere(IMAGE));
    assertEquals(content("layer"), bench.blobs().get(digest("layer"), 9));
    restore(SIGNATURE);
    assertEquals(
        1,
        bench
            .repository()
            .referrers()
            .list(digest(IMAGE), Optional.empty(), Optional.empty(), 9999)
            .items()
            .size());
    assertThrows(ReferencedException.class, () -> bench.blobs().delete(digest("layer")));
    assertEquals(List.of(), restore(INDEX).manifests());
  }

  @Test
  void restoresATagToWhatItWasBeforeItsLastChange() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v1", OTHER);
    assertEquals(Optional.of(digest(OTHER)), restore(Optional.empty()).before());
    assertEquals(Optional.of(digest(IMAGE)), target("v1"));
    untag("v1");
    restore(Optional.empty());
    assertEquals(Optional.of(digest(IMAGE)), target("v1"));
    assertEquals("me RESTORED v1 to image", history(Optional.of(V1)).get(0));
    assertThrows(
        NotRestorableException.class,
        () -> bench.registry.history().restore(ME, A, new Tag("none"), Optional.empty()));
  }

  @Test
  void restoresATagAsItWasAtATime() throws IOException {
    put("layer");
    Instant before = time.instant();
    time.pass(Duration.ofHours(1));
    push("v1", IMAGE);
    Instant image = time.instant();
    time.pass(Duration.ofHours(1));
    delete(IMAGE);
    Instant none = time.instant();
    time.pass(Duration.ofHours(1));
    push("v1", OTHER);
    assertThrows(NotRestorableException.class, () -> restore(Optional.of(before)));
    assertThrows(NotRestorableException.class, () -> restore(Optional.of(none)));
    assertEquals(Optional.of(digest(OTHER)), target("v1"));
    restore(Optional.of(image.plusSeconds(60)));
    assertEquals(Optional.of(digest(IMAGE)), target("v1"));
    assertFalse(restore(Optional.of(image)).moved());
  }

  @Test
  void aManifestThatIsPushedAgainIsHeldNoLonger() throws IOException {
    put("layer");
    push("v1", IMAGE);
    delete(IMAGE);
    push("v1", IMAGE);
    assertEquals(List.of(), bench.truth.read(f -> f.holds(A, Optional.empty(), 9)));
    assertEquals(List.of(), bench.truth.read(f -> f.heldEdgesFrom(A, digest(IMAGE))));
    time.pass(WINDOW.multipliedBy(2));
    assertEquals(List.of(), collect());
    assertTrue(isThere(IMAGE));
  }

  @Test
  void aPushNeedsWhatItsReadersSeeAndNotWhatIsHeld() throws IOException {
    put("layer");
    push("v1", IMAGE);
    delete(IMAGE);
    bench.blobs().delete(digest("layer"));
    assertThrows(ManifestReferenceUnknownException.class, () -> push("v1", IMAGE));
    put("layer");
    push("v1", IMAGE);
    assertEquals(List.of(), bench.truth.read(f -> f.heldLinks(A, Optional.empty(), 9)));
    assertEquals(1, bench.placements());
  }

  @Test
  void aRestoredManifestPushedByAnotherNameIsFoundByIt() throws IOException {
    put("layer");
    bench
        .repository()
        .manifests()
        .put(Reference.of(sha512(IMAGE)), LineManifestReader.TYPE, content(IMAGE), List.of(V1));
    delete(IMAGE);
    assertEquals(
        Optional.empty(), bench.repository().manifests().find(Reference.of(sha512(IMAGE))));
    restore(Optional.empty());
    assertEquals(Optional.of(sha512(IMAGE)), target("v1"));
    assertTrue(bench.repository().manifests().find(Reference.of(sha512(IMAGE))).isPresent());
  }

  @Test
  void whatThePoliciesRemoveIsHeldAndRememberedToo() throws IOException {
    CollectionPolicy zero = options().collection().withTimes(Duration.ZERO, Duration.ZERO);
    RetentionPolicy.Rule none =
        new RetentionPolicy.Rule(
            RepositoryPattern.ALL, OptionalInt.of(0), Optional.empty(), Optional.empty());
    use(
        options()
            .withCollection(
                zero.withUntagged(untaggedAtOnce())
                    .withRetention(new RetentionPolicy(List.of(none)))));
    put("layer");
    push("v1", IMAGE);
    assertEquals(
        List.of("tag a:v1 -> " + digest(IMAGE), "manifest a@" + digest(IMAGE), link("layer")),
        collect());
    assertEquals(
        List.of(
            "collector DELETED from image",
            "collector DELETED v1 from image",
            "me SET v1 to image"),
        history(Optional.empty()));
    assertEquals(1, bench.placements());
    restore(IMAGE);
    assertEquals(content("layer"), bench.blobs().get(digest("layer"), 9));
    assertEquals(List.of("manifest a@" + digest(IMAGE), link("layer")), collect());
    time.pass(WINDOW);
    assertEquals(List.of(hold(IMAGE), blob("layer")), collect());
    assertEquals(0, bench.placements());
  }

  @Test
  void aChildIsHeldForAsLongAsItsIndexIs() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("index", INDEX);
    bench.close();
    bench.kill(options().withReferencesProtected(false));
    delete(IMAGE);
    time.pass(Duration.ofDays(7));
    delete(INDEX);
    time.pass(Duration.ofDays(7));
    assertEquals(List.of(link("layer")), collect());
    restore(INDEX);
    assertTrue(isThere(IMAGE));
    delete(INDEX);
    delete(IMAGE);
    time.pass(WINDOW);
    assertEquals(4, collect().size());
    assertEquals(0, bench.placements());
  }

  @Test
  void purgesADeletedManifestWithItsBytes() throws IOException {
    put("layer");
    push("v1", IMAGE);
    PurgeReport live = purge(Optional.of(digest(IMAGE)));
    assertEquals(List.of("tag a:v1 points at manifest " + digest(IMAGE)), live.kept());
    assertTrue(isThere(IMAGE));
    delete(IMAGE);
    bench.blobs().stat(digest("layer"));
    assertEquals(new PurgeReport(1, 1, 1, 5, List.of()), purge(Optional.of(digest(IMAGE))));
    assertEquals(0, bench.placements());
    assertThrows(NotRestorableException.class, () -> restore(IMAGE));
    assertThrows(BlobUnknownException.class, () -> purge(Optional.of(digest(IMAGE))));
  }

  @Test
  void purgesABlobAndSaysWhatStillRefersToIt() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v2", OTHER);
    delete(IMAGE);
    PurgeReport needed = purge(Optional.of(digest("layer")));
    assertEquals(
        List.of(
            "manifest " + digest(OTHER) + " (v2) refers to " + digest("layer") + " as its layer"),
        needed.kept());
    assertEquals(1, bench.placements());
    delete(OTHER);
    bench.registry.repository(B).mount(digest("layer"), A);
    PurgeReport elsewhere = purge(Optional.of(digest("layer")));
    assertEquals(List.of("repository b links blob " + digest("layer")), elsewhere.kept());
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest("layer")));
    assertEquals(1, bench.placements());
    bench.registry.purger().purge(B, Optional.of(digest("layer")), removal -> {});
    assertEquals(0, bench.placements());
  }

  @Test
  void purgesAllOfARepositoryThatNothingRefersTo() throws IOException {
    put("layer");
    put("x");
    push("v1", IMAGE);
    push("v2", OTHER);
    delete(IMAGE);
    assertEquals(new PurgeReport(1, 1, 1, 1, List.of()), purge(Optional.empty()));
    assertTrue(isThere(OTHER));
    delete(OTHER);
    bench.blobs().delete(digest("layer"));
    assertEquals(new PurgeReport(1, 0, 1, 5, List.of()), purge(Optional.empty()));
    assertEquals(0, bench.placements());
  }

  @Test
  void explainsWhyThingsAreKeptAndWhenTheyGo() throws IOException {
    put("layer");
    push("v1", IMAGE);
    Explanation tag = explain(Reference.of(V1));
    assertEquals(Explanation.State.KEPT, tag.state());
    Explanation blob = explain(Reference.of(digest("layer")));
    assertEquals(Explanation.State.KEPT, blob.state());
    assertEquals(
        List.of(
            "manifest " + digest(IMAGE) + " (v1) refers to " + digest("layer") + " as its layer"),
        blob.reasons());
    delete(IMAGE);
    assertEquals(Explanation.State.HELD, explain(Reference.of(V1)).state());
    Explanation manifest = explain(Reference.of(digest(IMAGE)));
    assertEquals(Explanation.State.HELD, manifest.state());
    assertTrue(manifest.reasons().get(0).endsWith("by me; it can be restored for another 14d"));
    Explanation going = explain(Reference.of(digest("layer")));
    assertEquals(Explanation.State.GOING, going.state());
    assertTrue(going.reasons().get(0).endsWith("it goes in 1d (gc.grace)"));
    assertTrue(going.reasons().get(1).startsWith("deleted manifest " + digest(IMAGE)));
    bench.blobs().delete(digest("layer"));
    assertEquals(Explanation.State.HELD, explain(Reference.of(digest("layer"))).state());
    purge(Optional.empty());
    assertEquals(Explanation.State.GONE, explain(Reference.of(V1)).state());
    assertThrows(ManifestUnknownException.class, () -> explain(Reference.of(digest("layer"))));
  }
}
