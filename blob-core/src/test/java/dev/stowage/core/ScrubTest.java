package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static dev.stowage.core.Bench.sha512;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Damage;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.SampleFacts;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Repository;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.Placement;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScrubTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final Digest CONTENT = digest("content");

  private final Bench bench = Bench.open();

  ScrubTest() throws IOException {}

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  private ScrubReport scrub(boolean repair) throws IOException {
    return bench
        .registry
        .scrubber()
        .scrub(new ScrubOptions(repair, OptionalLong.empty()), Progress.SILENT);
  }

  private ScrubReport scrub() throws IOException {
    return scrub(false);
  }

  private Repository other() {
    return bench.registry.repository(B);
  }

  private Placement placement() throws IOException {
    return bench.truth.read(f -> f.blob(CONTENT)).map(StoredBlob::placement).orElseThrow();
  }

  private Placement stored() throws IOException {
    bench.blobs().put(TYPE, content("content"));
    return placement();
  }

  private void damage(Placement placement, Damage damage) {
    bench.memory.damage(
        placement,
        switch (damage) {
          case MISSING -> Optional.empty();
          case WRONG_SIZE -> Optional.of("conten".getBytes(UTF_8));
          case WRONG_DIGEST -> Optional.of("c0ntent".getBytes(UTF_8));
          case UNREADABLE -> throw new AssertionError();
        });
  }

  /** Lets something happen once, just before an operation on bytes takes effect. */
  private void before(Operation operation, Step step) {
    boolean[] done = new boolean[1];
    bench.bytes.failWhen(
        call -> {
          if (call.operation() == operation && !done[0]) {
            done[0] = true;
            try {
              step.run();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
          return false;
        });
  }

  private interface Step {
    void run() throws IOException;
  }

  @Test
  void findsNothingInASoundStore() throws IOException {
    assertEquals(
        new ScrubReport(0, 0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), 0),
        scrub());
    stored();
    bench.blobs().put(TYPE, content(""));
    String image = LineManifestReader.line(EdgeRole.LAYER, CONTENT, 7);
    bench
        .repository()
        .manifests()
        .put(
            new Reference.ByTag(new Tag("v1")), LineManifestReader.TYPE, content(image), List.of());
    try (BlobWriter open = bench.written("under way")) {
      ScrubReport report = scrub(true);
      assertTrue(report.clean(), report.toString());
      assertEquals(2, report.blobs());
      assertEquals(1, report.manifests());
      assertEquals(7 + image.length(), report.bytes());
      open.commit(claim("under way"));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"MISSING", "WRONG_SIZE", "WRONG_DIGEST"})
  void makesADamagedBlobUnknownUntilItIsPushedAgain(Damage damage) throws IOException {
    bench.blobs().put(TYPE, content("content"));
    try (BlobWriter writer = other().blobs().create(sha512("content"))) {
      writer.write(content("content"));
      writer.commit(new Provisional(sha512("content"), OptionalLong.empty(), Optional.empty()));
    }
    Placement before = placement();
    damage(before, damage);

    ScrubReport report = scrub();
    assertEquals(
        List.of(new ScrubReport.DamagedBlob(CONTENT, 7, damage, true, List.of(A, B))),
        report.damagedBlobs());
    assertEquals(List.of(), report.orphans());
    assertEquals(List.of(), report.dangling());
    assertUnknown(CONTENT);
    assertUnknown(sha512("content"));
    assertEquals(report.damagedBlobs(), scrub(true).damagedBlobs(), "and it says so again");

    other().blobs().put(TYPE, content("content"));
    assertNotEquals(before, placement());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
    assertEquals(content("content"), bench.blobs().get(sha512("content"), 10));
    assertThrows(BlobExistsException.class, () -> bench.blobs().create(CONTENT));
    assertEquals(1, bench.placements(), "the damaged bytes are freed");
    assertTrue(scrub().clean());
  }

  private void assertUnknown(Digest digest) throws IOException {
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest));
    assertThrows(BlobUnknownException.class, () -> bench.blobs().get(digest, 10));
    assertThrows(BlobUnknownException.class, () -> bench.blobs().open(digest));
    assertThrows(BlobUnknownException.class, () -> bench.blobs().serve(digest));
    bench.blobs().create(digest).cancel();
    Repository third = bench.registry.repository(SampleFacts.name("c"));
    assertEquals(Optional.empty(), third.mount(digest, A));
    assertEquals(Optional.empty(), third.mount(digest, any -> true));
    assertEquals(List.of(), bench.repository().listBlobs(Optional.empty(), 10).items());
    String image = LineManifestReader.line(EdgeRole.LAYER, digest, 7);
    assertThrows(
        ManifestReferenceUnknownException.class,
        () ->
            bench
                .repository()
                .manifests()
                .put(
                    new Reference.ByTag(new Tag("v1")),
                    LineManifestReader.TYPE,
                    content(image),
                    List.of()));
  }

  @Test
  void healsByAnUploadThatBeganBefore() throws IOException {
    Placement before = stored();
    BlobWriter writer = bench.written("content");
    damage(before, Damage.WRONG_DIGEST);
    scrub();
    writer.commit(claim("content"));
    assertNotEquals(before, placement());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
    assertEquals(1, bench.placements());
  }

  @Test
  void healsByACommitThatPlacedItsBytesBeforeTheQuarantine() throws IOException {
    damage(stored(), Damage.MISSING);
    BlobWriter writer = other().blobs().create();
    writer.write(content("content"));
    bench.blobs().delete(CONTENT);
    stored();
    other().blobs().put(TYPE, content("content"));
    Placement placement = placement();
    BlobWriter late = bench.written("content");
    before(
        Operation.PLACE_AFTER_EFFECT,
        () -> {
          other().blobs().put(TYPE, content("content"));
          damage(placement(), Damage.WRONG_SIZE);
          assertEquals(1, scrub().damagedBlobs().size());
        });
    bench.blobs().delete(CONTENT);
    other().blobs().delete(CONTENT);
    late.commit(claim("content"));
    writer.commit(claim("content"));
    assertNotEquals(placement, placement());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
    assertEquals(1, bench.placements());
    assertTrue(scrub().clean());
  }

  @Test
  void listsTheBlobsBehindOneInQuarantine() throws IOException {
    damage(stored(), Damage.MISSING);
    for (int i = 0; i < 6; i++) {
      bench.blobs().put(TYPE, content("blob " + i));
    }
    scrub();
    List<Digest> listed = new ArrayList<>();
    Optional<Digest> last = Optional.empty();
    boolean more = true;
    while (more) {
      var page = bench.repository().listBlobs(last, 1);
      page.items().forEach(each -> listed.add(each.digest()));
      last = Optional.of(listed.get(listed.size() - 1));
      more = page.more();
    }
    assertEquals(6, listed.size());
  }

  @Test
  void freesADamagedBlobWhenItsLastLinkGoes() throws IOException {
    Placement placement = stored();
    other().blobs().put(TYPE, content("content"));
    damage(placement, Damage.WRONG_DIGEST);
    scrub();
    bench.blobs().delete(CONTENT);
    assertEquals(1, scrub().damagedBlobs().size());
    other().blobs().delete(CONTENT);
    assertEquals(0, bench.placements());
    assertTrue(scrub().clean());
    assertEquals(List.of(), bench.truth.read(f -> f.doomed(Optional.empty(), 1)));
  }

  @Test
  void letsABlobOutWhoseBytesAreSoundAgain() throws IOException {
    Placement placement = stored();
    damage(placement, Damage.MISSING);
    scrub();
    bench.memory.damage(placement, Optional.of("content".getBytes(UTF_8)));
    ScrubReport report = scrub();
    assertEquals(List.of(CONTENT), report.released());
    assertTrue(report.clean());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
  }

  @Test
  void reportsABlobThatCannotBeReadAndLeavesItKnown() throws IOException {
    stored();
    bench.bytes.failEvery(Operation.OPEN);
    ScrubReport report = scrub();
    bench.bytes.heal();
    assertEquals(
        List.of(new ScrubReport.DamagedBlob(CONTENT, 7, Damage.UNREADABLE, false, List.of(A))),
        report.damagedBlobs());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
    assertTrue(scrub().clean());
  }

  @Test
  void findsAManifestWhoseBytesAreOthers() throws IOException {
    var sound = SampleFacts.manifest("sound");
    bench.truth.write(
        f -> {
          f.putRepository(A);
          f.putManifest(
              A, new StoredManifest(sound.descriptor(), sound.pushedWith(), content("other")));
          return true;
        });
    assertEquals(
        List.of(new ScrubReport.DamagedManifest(A, sound.descriptor().digest())),
        scrub().damagedManifests());
  }

  @Test
  void findsFactsThatLeadToNothing() throws IOException {
    bench.truth.write(
        f -> {
          f.putRepository(A);
          f.putLink(A, SampleFacts.link(CONTENT));
          f.putTag(A, SampleFacts.tag("v1", CONTENT));
          return true;
        });
    assertEquals(
        List.of(
            new ScrubReport.Dangling(A, "link", CONTENT.toString()),
            new ScrubReport.Dangling(A, "tag", "v1")),
        scrub().dangling());
  }

  @Test
  void findsAndDeletesBytesThatNothingRefersTo() throws IOException {
    stored();
    Placement orphan = new Placement(CONTENT.hex() + "." + UploadId.random());
    bench.memory.damage(orphan, Optional.of("content".getBytes(UTF_8)));
    bench.memory.stage(UploadId.random()).close();

    ScrubReport report = scrub();
    assertEquals(2, report.orphans().size());
    assertTrue(report.orphans().contains(new ScrubReport.Orphan(orphan.value(), 7, false)));
    assertEquals(2, bench.placements());

    ScrubReport repaired = scrub(true);
    assertTrue(repaired.clean());
    assertTrue(repaired.orphans().contains(new ScrubReport.Orphan(orphan.value(), 7, true)));
    assertEquals(1, bench.placements());
    assertEquals(0, bench.stagings());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
    assertEquals(List.of(), scrub().orphans());
  }

  @Test
  void takesNothingForAnOrphanThatIsDoomed() throws IOException {
    stored();
    bench.bytes.failEvery(Operation.DELETE);
    bench.blobs().delete(CONTENT);
    bench.bytes.heal();
    assertEquals(1, bench.placements());
    assertTrue(scrub(true).clean());
  }

  @ParameterizedTest
  @EnumSource(names = {"PLACE_BEFORE_EFFECT", "PLACE_AFTER_EFFECT"})
  void findsNothingWhileABlobIsCommitted(Operation step) throws IOException {
    List<ScrubReport> reports = new ArrayList<>();
    before(step, () -> reports.add(scrub(true)));
    stored();
    assertEquals(1, reports.size());
    assertTrue(reports.get(0).clean());
    assertEquals(List.of(), reports.get(0).orphans());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
  }

  @Test
  void findsNothingWhileABlobIsDeleted() throws IOException {
    stored();
    List<ScrubReport> reports = new ArrayList<>();
    before(Operation.DELETE, () -> reports.add(scrub(true)));
    bench.blobs().delete(CONTENT);
    assertEquals(1, reports.size());
    assertTrue(reports.get(0).clean());
    assertEquals(List.of(), reports.get(0).orphans());
  }

  @ParameterizedTest
  @EnumSource(names = {"STAGING_DISCARD", "PLACEMENTS", "STAGINGS", "OPEN"})
  void findsNothingInWhatComesAndGoesMeanwhile(Operation step) throws IOException {
    stored();
    BlobWriter writer = bench.written("cancelled");
    if (step == Operation.STAGING_DISCARD) {
      List<ScrubReport> reports = new ArrayList<>();
      before(step, () -> reports.add(scrub(true)));
      writer.cancel();
      assertEquals(1, reports.size());
      assertEquals(List.of(), reports.get(0).orphans());
      return;
    }
    before(
        step,
        () -> {
          writer.cancel();
          bench.blobs().delete(CONTENT);
          other().blobs().put(TYPE, content("other"));
        });
    ScrubReport report = scrub(true);
    assertTrue(report.clean(), report.toString());
    assertEquals(List.of(), report.orphans());
  }

  @Test
  void findsNothingInABlobThatIsDeletedAndPushedAgainBeforeItIsRead() throws IOException {
    Placement first = stored();
    before(
        Operation.OPEN,
        () -> {
          bench.blobs().delete(CONTENT);
          stored();
        });
    assertTrue(scrub().clean());
    assertNotEquals(first, placement());
    assertEquals(content("content"), bench.blobs().get(CONTENT, 10));
  }

  @Test
  void endsWhenNobodyWaitsForIt() throws IOException {
    for (int i = 0; i < 10; i++) {
      bench.blobs().put(TYPE, content("blob " + i));
    }
    InterruptedIOException ending = new InterruptedIOException("gone");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                bench
                    .registry
                    .scrubber()
                    .scrub(
                        // Slow enough that it tells of itself before it is through.
                        new ScrubOptions(false, OptionalLong.of(5)),
                        line -> {
                          throw ending;
                        }));
    assertSame(ending, thrown);
  }

  @Test
  void refusesARateThatNeverEnds() {
    assertThrows(IllegalArgumentException.class, () -> new ScrubOptions(false, OptionalLong.of(0)));
  }
}
