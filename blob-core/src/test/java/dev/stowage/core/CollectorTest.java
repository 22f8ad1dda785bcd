package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static dev.stowage.core.Bench.sha512;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.FaultyMetadataStore;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.CollectionReport;
import dev.stowage.maintenance.Removal;
import dev.stowage.maintenance.RepositoryPattern;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.UntaggedPolicy;
import dev.stowage.maintenance.Waiting;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.StoreTime;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the collector removes, what it keeps, and when. */
class CollectorTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final Duration GRACE = Duration.ofHours(24);
  private static final Duration LEASE = Duration.ofHours(1);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final String IMAGE = LineManifestReader.line(EdgeRole.LAYER, digest("layer"), 5);
  private static final String OTHER =
      "# other\n" + LineManifestReader.line(EdgeRole.LAYER, digest("layer"), 5);
  private static final String INDEX =
      LineManifestReader.line(EdgeRole.CHILD, digest(IMAGE), IMAGE.length());

  private final SteppedTime time = new SteppedTime();
  private Bench bench = open(GRACE, LEASE);

  CollectorTest() throws IOException {}

  private CoreOptions options(Duration grace, Duration lease) {
    return CoreOptions.defaults()
        .withClock(time)
        .withCollection(
            CollectionPolicy.defaults().withTimes(grace, lease).withHistory(Duration.ZERO))
        .withNanos(time::nanos);
  }

  /** A store that has been open for longer than a lease. */
  private Bench open(Duration grace, Duration lease) throws IOException {
    return open(options(grace, lease));
  }

  private Bench open(CoreOptions options) throws IOException {
    Bench opened = new Bench(options);
    time.pass(options.collection().lease());
    return opened;
  }

  private void use(CoreOptions options) throws IOException {
    bench.close();
    bench = open(options);
  }

  private static UntaggedPolicy untagged(Duration after) {
    return new UntaggedPolicy(
        List.of(new UntaggedPolicy.Rule(RepositoryPattern.ALL, Optional.of(after))));
  }

  private CoreOptions zeroWithUntagged() {
    CoreOptions zero = options(Duration.ZERO, Duration.ZERO);
    return zero.withCollection(zero.collection().withUntagged(untagged(Duration.ZERO)));
  }

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  private List<String> collect() throws IOException {
    List<String> removed = new ArrayList<>();
    List<String> planned = new ArrayList<>();
    boolean ready =
        bench.registry.collector().preview(r -> planned.add(name(r))).notBefore().isEmpty();
    CollectionReport report = bench.registry.collector().collect(r -> removed.add(name(r)));
    assertEquals(
        removed.size(), report.tags() + report.manifests() + report.links() + report.blobs());
    if (ready) {
      assertEquals(
          removed.stream().sorted().toList(),
          planned.stream().sorted().toList(),
          "a dry run says exactly what a run does");
    }
    assertEquals(List.of(), bench.truth.read(f -> f.doomed(Optional.empty(), 10)));
    return removed;
  }

  private static String name(Removal removal) {
    return removal.toString().replaceAll(": .*", "").replaceAll(" of .*", "");
  }

  private static String link(String text) {
    return "link a@" + digest(text);
  }

  private static String blob(String text) {
    return "blob " + digest(text);
  }

  private static String manifest(String text) {
    return "manifest a@" + digest(text);
  }

  private void push(String tag, String document) throws IOException {
    bench
        .repository()
        .manifests()
        .put(Reference.of(new Tag(tag)), LineManifestReader.TYPE, content(document), List.of());
  }

  private void put(String text) throws IOException {
    bench.blobs().put(TYPE, content(text));
  }

  private boolean has(String text) throws IOException {
    return bench.truth.read(f -> f.link(A, digest(text))).isPresent();
  }

  @Test
  void keepsAnUploadThatNothingRefersToForTheGraceTimeAndNoLonger() throws IOException {
    put("x");
    time.pass(GRACE.minus(MOMENT));
    assertEquals(List.of(), collect());
    assertTrue(has("x"));
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
    assertEquals(0, bench.placements());
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest("x")));
  }

  @Test
  void keepsItForTheLeaseWhereThatIsLonger() throws IOException {
    use(options(Duration.ZERO, LEASE));
    put("x");
    time.pass(LEASE.minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void deletesAtOnceWhereBothTimesAreZero() throws IOException {
    use(options(Duration.ZERO, Duration.ZERO));
    put("x");
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void reportsWhatItFreedAndWhatWaits() throws IOException {
    put("twelve bytes");
    time.pass(GRACE.minus(LEASE));
    put("later");
    CollectionReport before = bench.registry.collector().collect(r -> {});
    assertFalse(before.removedAnything());
    assertEquals(new Waiting(2, false, Optional.of(LEASE)), bench.registry.collector().waiting());
    time.pass(LEASE);
    CollectionReport report = bench.registry.collector().collect(r -> {});
    assertEquals(1, report.links());
    assertEquals(1, report.blobs());
    assertEquals(12, report.bytes());
    assertTrue(report.removedAnything());
    assertEquals(
        new Waiting(1, false, Optional.of(GRACE.minus(LEASE))),
        bench.registry.collector().waiting());
  }

  @Test
  void keepsWhatAManifestRefersToForAsLongAsItDoes() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v2", OTHER);
    time.pass(GRACE.multipliedBy(2));
    assertEquals(List.of(), collect());
    bench.repository().manifests().delete(Reference.of(digest(IMAGE)));
    time.pass(GRACE);
    assertEquals(List.of(), collect());
    bench.repository().manifests().delete(Reference.of(digest(OTHER)));
    time.pass(GRACE.minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(link("layer"), blob("layer")), collect());
  }

  @Test
  void beginsAnewWhenTheSameContentIsPushedOrMountedAgain() throws IOException {
    put("x");
    bench.registry.repository(B).mount(digest("x"), A);
    time.pass(GRACE.minus(LEASE));
    BlobWriter again = bench.written("x");
    again.commit(claim("x"));
    bench.registry.repository(B).mount(digest("x"), A);
    time.pass(GRACE.minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), "link b@" + digest("x"), blob("x")), collect());
  }

  @Test
  void keepsTheBytesThatAnotherRepositoryLinks() throws IOException {
    put("layer");
    bench.registry.repository(B).mount(digest("layer"), A);
    bench
        .registry
        .repository(B)
        .manifests()
        .put(Reference.of(new Tag("v1")), LineManifestReader.TYPE, content(IMAGE), List.of());
    time.pass(GRACE);
    assertEquals(List.of(link("layer")), collect());
    assertEquals(1, bench.placements());
    assertEquals(5, bench.registry.repository(B).blobs().stat(digest("layer")).size());
  }

  @Test
  void aReadKeepsWhatIsDueSoonForOneLease() throws IOException {
    put("x");
    time.pass(GRACE.minus(MOMENT));
    bench.blobs().stat(digest("x"));
    time.pass(LEASE.minus(MOMENT));
    assertEquals(List.of(), collect());
    assertTrue(has("x"));
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void aReadOfWhatHasTimeLeftTakesNoLease() throws IOException {
    put("x");
    time.pass(GRACE.minus(LEASE).minus(MOMENT).minus(MOMENT));
    bench.blobs().stat(digest("x"));
    time.pass(LEASE.plus(MOMENT).plus(MOMENT));
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void aLinkThatArrivesForAnEdgeThatIsThereIsReferenced() throws IOException {
    use(options(Duration.ZERO, Duration.ZERO).withSparseManifests(true));
    push("v1", IMAGE);
    put("layer");
    assertEquals(List.of(), collect());
    assertTrue(has("layer"));
  }

  @Test
  void aBlobThatIsReferredToByItsAliasIsReferencedOnceTheAliasIsKnown() throws IOException {
    use(options(GRACE, Duration.ZERO).withSparseManifests(true));
    put("layer");
    push("v1", LineManifestReader.line(EdgeRole.LAYER, sha512("layer"), 5));
    BlobWriter writer = bench.registry.repository(B).blobs().create();
    writer.write(content("layer"));
    writer.commit(Provisional.of(sha512("layer")));
    time.pass(GRACE);
    assertEquals(List.of("link b@" + digest("layer")), collect());
    assertTrue(has("layer"));
  }

  @Test
  void anotherMediaTypeDoesNotTakeALinkOffTheQueue() throws IOException {
    put("x");
    bench
        .repository()
        .descriptors()
        .setDescriptor(digest("x"), new Descriptor(new MediaType("text/plain"), 1, digest("x")));
    time.pass(GRACE);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void aBuildCachesBlobsBelongToTheirIndex() throws IOException {
    use(options(Duration.ZERO, Duration.ZERO));
    put("layer");
    push("cache", LineManifestReader.line(EdgeRole.CHILD, digest("layer"), 5));
    assertEquals(List.of(), collect());
    bench
        .repository()
        .manifests()
        .delete(Reference.of(digest(LineManifestReader.line(EdgeRole.CHILD, digest("layer"), 5))));
    assertEquals(List.of(link("layer"), blob("layer")), collect());
  }

  @Test
  void aManifestPushedAgainAsAnotherTypeKeepsWhatItRefersTo() throws IOException {
    use(options(Duration.ZERO, Duration.ZERO));
    put("layer");
    push("v1", IMAGE);
    bench
        .repository()
        .manifests()
        .put(Reference.of(new Tag("v1")), new MediaType("text/another"), content(IMAGE), List.of());
    assertEquals(List.of(), collect());
    assertTrue(has("layer"));
  }

  @Test
  void nothingIsDeletedUntilTheStoreHasBeenOpenForOneLease() throws IOException {
    put("x");
    time.pass(GRACE);
    bench.registry.close();
    bench.kill();
    time.pass(LEASE.minus(MOMENT));
    assertEquals(List.of(), collect());
    assertEquals(Optional.of(MOMENT), bench.registry.collector().collect(r -> {}).notBefore());
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void timeThatTheStoreWasNotOpenDoesNotCount() throws IOException {
    put("x");
    time.pass(GRACE.minus(LEASE).minus(MOMENT));
    bench.registry.close();
    time.pass(Duration.ofDays(300));
    bench.kill();
    time.pass(LEASE);
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void afterACrashTimeGoesOnFromWhereItWasSaved() throws IOException {
    put("x");
    time.pass(LEASE);
    collect();
    time.pass(LEASE);
    bench.kill();
    time.pass(GRACE.minus(LEASE).minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void theWallClockMovesNoDueTime() throws IOException {
    put("x");
    time.moveWall(Duration.ofDays(3000));
    assertEquals(List.of(), collect());
    time.moveWall(Duration.ofDays(-9000));
    time.pass(GRACE);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void bytesThatCannotBeDeletedAreTriedAgainByTheNextRun() throws IOException {
    put("x");
    time.pass(GRACE);
    boolean[] broken = {true};
    bench.bytes.failWhen(call -> broken[0] && call.operation() == Operation.DELETE);
    CollectionReport first = bench.registry.collector().collect(r -> {});
    assertEquals(1, first.blobs());
    assertEquals(1, bench.placements());
    broken[0] = false;
    CollectionReport second = bench.registry.collector().collect(r -> {});
    assertEquals(1, second.leftovers());
    assertEquals(0, bench.placements());
  }

  @Test
  void aRunThatFailsIsGoneOnWithByTheNext() throws IOException {
    for (int i = 0; i < 100; i++) {
      put("x" + i);
    }
    time.pass(GRACE);
    collectOneBatchAndFail();
    assertEquals(36, bench.truth.read(f -> f.links(A, Optional.empty(), 1000)).size());
    assertEquals(72, collect().size());
    assertEquals(0, bench.placements());
  }

  /** The clock, the rules, the clock again, one batch, its bytes' entries; then it fails. */
  private void collectOneBatchAndFail() throws IOException {
    bench.registry.collector().collect(r -> {});
    for (int i = 0; i < 100; i++) {
      put("y" + i);
    }
    for (int i = 0; i < 100; i++) {
      put("x" + i);
      bench.blobs().delete(digest("x" + i));
    }
    time.pass(GRACE);
    bench.facts.failWrite(4, FaultyMetadataStore.Moment.BEFORE_THE_EFFECT);
    assertThrows(IOException.class, () -> bench.registry.collector().collect(r -> {}));
  }

  @Test
  void runsWithFunctionsThatRunTwice() throws IOException {
    bench.facts.runTwice(true);
    put("x");
    time.pass(GRACE);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void keepsManifestsThatNothingNamesUnlessToldOtherwise() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v1", OTHER);
    time.pass(GRACE.multipliedBy(100));
    assertEquals(List.of(), collect());
    assertTrue(bench.repository().manifests().find(Reference.of(digest(IMAGE))).isPresent());
  }

  @Test
  void expiresManifestsThatLostTheirLastNameAndThenTheirBlobs() throws IOException {
    CoreOptions options = options(GRACE, LEASE);
    use(options.withCollection(options.collection().withUntagged(untagged(Duration.ofDays(7)))));
    put("layer");
    push("v1", IMAGE);
    push("v2", IMAGE);
    push("v1", OTHER);
    time.pass(Duration.ofDays(7));
    assertEquals(List.of(), collect());
    bench.repository().manifests().delete(Reference.of(new Tag("v2")));
    time.pass(Duration.ofDays(7).minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(manifest(IMAGE)), collect());
    time.pass(GRACE);
    assertEquals(List.of(), collect());
    bench.repository().manifests().delete(Reference.of(digest(OTHER)));
    time.pass(GRACE);
    assertEquals(List.of(link("layer"), blob("layer")), collect());
  }

  @Test
  void aManifestThatIsNamedAgainStays() throws IOException {
    use(zeroWithUntagged());
    put("layer");
    push("v1", IMAGE);
    push("v1", OTHER);
    push("v2", IMAGE);
    assertEquals(List.of(), collect());
    assertEquals(
        List.of(),
        bench.truth.read(f -> f.reviews(Optional.empty(), new StoreTime(Long.MAX_VALUE), 9)));
  }

  @Test
  void whatIsLeftUnreferencedGoesInTheSameRunWhereTimesAreZero() throws IOException {
    use(zeroWithUntagged());
    put("layer");
    push("child", IMAGE);
    push("v1", INDEX);
    String signature = LineManifestReader.line(EdgeRole.SUBJECT, digest(INDEX), INDEX.length());
    bench
        .repository()
        .manifests()
        .put(
            Reference.of(digest(signature)),
            LineManifestReader.TYPE,
            content(signature),
            List.of());
    bench.repository().manifests().delete(Reference.of(new Tag("child")));
    assertEquals(List.of(), collect());
    bench.repository().manifests().delete(Reference.of(new Tag("v1")));
    assertEquals(
        List.of(manifest(INDEX), manifest(IMAGE), manifest(signature), link("layer"), blob("layer"))
            .stream()
            .sorted()
            .toList(),
        collect().stream().sorted().toList());
  }

  @Test
  void aReferrerOfWhatWasNeverThereExpires() throws IOException {
    use(zeroWithUntagged());
    String signature = LineManifestReader.line(EdgeRole.SUBJECT, digest("never"), 5);
    bench
        .repository()
        .manifests()
        .put(
            Reference.of(digest(signature)),
            LineManifestReader.TYPE,
            content(signature),
            List.of());
    assertEquals(List.of(manifest(signature)), collect());
  }

  @Test
  void aReadOfAManifestThatIsDueSoonKeepsItForOneLease() throws IOException {
    CoreOptions options = options(Duration.ZERO, LEASE);
    use(options.withCollection(options.collection().withUntagged(untagged(Duration.ZERO))));
    push("v1", "# one\n");
    push("v1", "# two\n");
    time.pass(LEASE.minus(MOMENT));
    assertTrue(bench.repository().manifests().find(Reference.of(digest("# one\n"))).isPresent());
    time.pass(LEASE.minus(MOMENT));
    assertEquals(List.of(), collect());
    time.pass(MOMENT);
    assertEquals(List.of(manifest("# one\n")), collect());
  }

  @Test
  void aPolicyThatIsSwitchedOnTakesInWhatIsThere() throws IOException {
    put("layer");
    push("v1", IMAGE);
    push("v1", OTHER);
    bench.registry.close();
    bench.kill(zeroWithUntagged());
    bench.registry.collector().collect(r -> {});
    assertFalse(bench.repository().manifests().find(Reference.of(digest(IMAGE))).isPresent());
    assertTrue(bench.repository().manifests().find(Reference.of(digest(OTHER))).isPresent());
  }

  @Test
  void aStoreThatKeptNoQueueIsLookedThroughOnce() throws IOException {
    put("layer");
    put("x");
    push("v1", IMAGE);
    bench.truth.write(
        f -> {
          f.putLink(A, f.link(A, digest("x")).orElseThrow().unmarked());
          return true;
        });
    bench.registry.collector().collect(r -> {});
    time.pass(GRACE);
    assertEquals(List.of(link("x"), blob("x")), collect());
  }

  @Test
  void aPlainStoreKeepsEveryLink() throws IOException {
    CoreOptions zero = options(Duration.ZERO, Duration.ZERO);
    put("before");
    use(
        zero.withCollection(
            zero.collection().withPlain(true).withUntagged(untagged(Duration.ZERO))));
    put("x");
    time.pass(Duration.ofDays(1000));
    assertEquals(List.of(), collect());
    assertTrue(has("x"));
  }

  private RetentionPolicy retention(
      OptionalInt newest, Optional<String> match, Optional<Duration> younger) {
    return new RetentionPolicy(
        List.of(
            new RetentionPolicy.Rule(
                new RepositoryPattern("a*"), newest, match.map(Pattern::compile), younger)));
  }

  private void useRetention(RetentionPolicy policy) throws IOException {
    CoreOptions options = options(GRACE, LEASE);
    use(options.withCollection(options.collection().withRetention(policy)));
    for (int i = 1; i <= 4; i++) {
      push("v" + i, "# " + i + "\n");
      time.pass(Duration.ofDays(1));
    }
  }

  private static String tag(int i) {
    return "tag a:v" + i + " -> " + digest("# " + i + "\n");
  }

  @Test
  void keepsTheNewestTags() throws IOException {
    useRetention(retention(OptionalInt.of(2), Optional.empty(), Optional.empty()));
    assertEquals(List.of(tag(2), tag(1)), collect());
    assertTrue(bench.repository().manifests().find(Reference.of(digest("# 1\n"))).isPresent());
  }

  @Test
  void keepsTagsThatMatch() throws IOException {
    useRetention(retention(OptionalInt.empty(), Optional.of("v[13]"), Optional.empty()));
    assertEquals(List.of(tag(4), tag(2)), collect());
  }

  @Test
  void keepsYoungTags() throws IOException {
    useRetention(retention(OptionalInt.empty(), Optional.empty(), Optional.of(Duration.ofDays(2))));
    assertEquals(List.of(tag(3), tag(2), tag(1)), collect().stream().toList());
  }

  @Test
  void keepsATagThatAnyOfThemKeeps() throws IOException {
    useRetention(
        retention(OptionalInt.of(1), Optional.of("v1"), Optional.of(Duration.ofHours(49))));
    assertEquals(List.of(tag(2)), collect());
  }

  @Test
  void removesNoTagWhileTheWallClockIsNotToBeReliedOn() throws IOException {
    useRetention(
        retention(OptionalInt.empty(), Optional.empty(), Optional.of(Duration.ofDays(20))));
    time.moveWall(Duration.ofDays(30));
    CollectionReport report = bench.registry.collector().collect(r -> {});
    assertEquals(0, report.tags());
    assertTrue(report.notes().toString().contains("the wall clock was moved"));
  }

  @Test
  void removesNoTagWhileTheWallClockIsBehindWhereItWas() throws IOException {
    useRetention(retention(OptionalInt.of(0), Optional.empty(), Optional.empty()));
    bench.registry.saveClock();
    bench.registry.close();
    time.moveWall(Duration.ofDays(-1));
    bench.kill();
    time.pass(LEASE);
    assertEquals(List.of(), collect());
    time.pass(Duration.ofDays(1));
    assertEquals(4, collect().size());
  }
}
