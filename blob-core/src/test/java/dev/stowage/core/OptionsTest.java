package dev.stowage.core;

import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.MediaType;
import dev.stowage.blob.OperationUnsupportedException;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What each option changes, and that it changes nothing else. */
class OptionsTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final Tag V1 = new Tag("v1");
  private static final String IMAGE = LineManifestReader.line(EdgeRole.LAYER, digest("layer"), 5);
  private static final String INDEX =
      LineManifestReader.line(EdgeRole.CHILD, digest(IMAGE), IMAGE.length());

  private static void push(Bench bench, String document) throws IOException {
    bench
        .repository()
        .manifests()
        .put(Reference.of(V1), LineManifestReader.TYPE, content(document), List.of());
  }

  private static Bench holding(CoreOptions options) throws IOException {
    Bench bench = new Bench(options);
    bench.blobs().put(TYPE, content("layer"));
    push(bench, IMAGE);
    push(bench, INDEX);
    return bench;
  }

  @Test
  void nothingIsDeletedWhereDeletionIsSwitchedOff() throws IOException {
    Bench bench = holding(CoreOptions.defaults().withDeletes(false));
    for (Reference reference :
        List.of(Reference.of(V1), Reference.of(digest(INDEX)), Reference.of(digest("none")))) {
      assertThrows(
          OperationUnsupportedException.class,
          () -> bench.repository().manifests().delete(reference));
    }
    assertThrows(OperationUnsupportedException.class, () -> bench.blobs().delete(digest("layer")));
    assertEquals(digest(INDEX), bench.repository().manifests().get(Reference.of(V1)).name());
    bench.written("upload").cancel();
    bench.close();
  }

  @Test
  void whatIsNeededMayBeDeletedWhereProtectionIsSwitchedOff() throws IOException {
    Bench bench = holding(Bench.withoutHistory().withReferencesProtected(false));
    bench.repository().manifests().delete(Reference.of(digest(IMAGE)));
    bench.blobs().delete(digest("layer"));
    assertEquals(0, bench.placements());
    assertTrue(bench.repository().manifests().find(Reference.of(V1)).isPresent());
    bench.close();
  }

  @Test
  void missingReferencesAreAcceptedWhereManifestsMayBeSparse() throws IOException {
    Bench bench = new Bench(CoreOptions.defaults().withSparseManifests(true));
    push(bench, INDEX);
    push(bench, IMAGE);
    bench.blobs().put(TYPE, content("layer"));
    assertThrows(RuntimeException.class, () -> bench.blobs().delete(digest("layer")));
    bench.close();
  }

  @Test
  void aSparseManifestMustNotContradictWhatIsStoredEither() throws IOException {
    Bench bench = new Bench(CoreOptions.defaults().withSparseManifests(true));
    bench.blobs().put(TYPE, content("layer"));
    String wrong = LineManifestReader.line(EdgeRole.LAYER, digest("layer"), 6);
    assertThrows(ManifestInvalidException.class, () -> push(bench, wrong));
    bench.close();
  }

  @Test
  void whatIsMissingIsNamedOnce() throws IOException {
    Bench bench = Bench.open();
    ManifestReferenceUnknownException refusal =
        assertThrows(ManifestReferenceUnknownException.class, () -> push(bench, IMAGE + IMAGE));
    assertEquals(List.of(digest("layer")), refusal.missing());
    bench.close();
  }

  @Test
  void aManifestHasAtMostAsManyBytesAsAreAllowed() throws IOException {
    Bench bench = new Bench(CoreOptions.defaults().withMaxManifestSize(8));
    assertEquals(8, bench.repository().manifests().maxSize());
    push(bench, "# eight\n");
    assertThrows(ManifestTooLargeException.class, () -> push(bench, "# nine..\n"));
    bench.close();
  }

  @Test
  void uploadsAndTagsAreDatedByTheGivenClock() throws IOException {
    Instant now = Instant.parse("2020-02-29T12:34:56.789123456Z");
    Bench bench = new Bench(CoreOptions.defaults().withClock(Clock.fixed(now, ZoneOffset.UTC)));
    push(bench, "# dated\n");
    TagTarget target = bench.truth.tag(Bench.A, V1).orElseThrow();
    Instant inMilliseconds = Instant.parse("2020-02-29T12:34:56.789Z");
    assertEquals(inMilliseconds, target.movedAt());
    try (var writer = bench.blobs().create()) {
      assertEquals(inMilliseconds, writer.startedAt());
    }
    bench.close();
  }

  @Test
  void optionsThatMakeNoSenseAreRefused() {
    CoreOptions options = CoreOptions.defaults();
    assertThrows(IllegalArgumentException.class, () -> options.withMaxManifestSize(0));
    assertThrows(IllegalArgumentException.class, () -> options.withIdleUploads(-1));
  }
}
