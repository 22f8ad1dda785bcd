package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.registry.Manifest;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.Health;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two callers at once, one of them let through whole at a chosen step of the other: every step of
 * the one is a place where the other may come.
 */
class RacesTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;
  private static final Tag V1 = new Tag("v1");

  private final Bench bench = Bench.open();

  RacesTest() throws IOException {}

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  private interface Step {
    void run() throws IOException;
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

  private void assertHeldOnce() throws IOException {
    assertEquals(content("content"), bench.blobs().get(digest("content"), 100));
    assertEquals(1, bench.placements());
    assertEquals(List.of(), bench.truth.read(f -> f.doomed(Optional.empty(), 10)));
    bench.assertNoUploads();
  }

  @ParameterizedTest
  @EnumSource(names = {"PLACE_BEFORE_EFFECT", "PLACE_AFTER_EFFECT"})
  void ofTwoCommitsOfTheSameContentOneIsStoredAndBothSucceed(Operation step) throws IOException {
    BlobWriter one = bench.written("content");
    BlobWriter other = bench.registry.repository(B).blobs().create();
    other.write(content("content"));
    before(step, () -> other.commit(claim("content")));
    Descriptor descriptor = one.commit(claim("content"));
    assertEquals(bench.registry.repository(B).blobs().stat(digest("content")), descriptor);
    assertHeldOnce();
  }

  @ParameterizedTest
  @EnumSource(names = {"PLACE_BEFORE_EFFECT", "PLACE_AFTER_EFFECT"})
  void aCommitDuringWhichTheContentComesAndGoesHasBytes(Operation step) throws IOException {
    BlobWriter writer = bench.written("content");
    Repository b = bench.registry.repository(B);
    before(
        step,
        () -> {
          b.blobs().put(TYPE, content("content"));
          b.blobs().delete(digest("content"));
        });
    writer.commit(claim("content"));
    assertHeldOnce();
  }

  @Test
  void aCommitBetweenTheEndOfTheLastLinkAndTheEndOfItsBytesHasBytes() throws IOException {
    bench.registry.repository(B).blobs().put(TYPE, content("content"));
    BlobWriter writer = bench.written("content");
    before(Operation.DELETE, () -> writer.commit(claim("content")));
    bench.registry.repository(B).blobs().delete(digest("content"));
    assertHeldOnce();
  }

  @Test
  void contentThatGoesAfterACommitHasSeenItIsPlacedAnew() throws IOException {
    Interposed facts = new Interposed(new InMemoryMetadataStore());
    try (InMemoryBlobData data = new InMemoryBlobData();
        StowageRegistry registry =
            StowageRegistry.open(data, facts, new LineManifestReader(), CoreOptions.defaults())) {
      Repository a = registry.repository(A);
      Repository b = registry.repository(B);
      b.blobs().put(TYPE, content("content"));
      BlobWriter writer = a.blobs().create();
      writer.write(content("content"));
      facts.beforeNextWrite = () -> b.blobs().delete(digest("content"));
      writer.commit(claim("content"));
      assertEquals(content("content"), a.blobs().get(digest("content"), 100));
      assertEquals(1, data.placements(Optional.empty(), 10).size());
    }
  }

  @Test
  void aMountDuringWhichTheSourceIsUnlinkedIsNone() throws IOException {
    Interposed facts = new Interposed(new InMemoryMetadataStore());
    try (InMemoryBlobData data = new InMemoryBlobData();
        StowageRegistry registry =
            StowageRegistry.open(data, facts, new LineManifestReader(), CoreOptions.defaults())) {
      Repository a = registry.repository(A);
      Repository b = registry.repository(B);
      a.blobs().put(TYPE, content("content"));
      facts.beforeNextWrite = () -> a.blobs().delete(digest("content"));
      assertEquals(Optional.empty(), b.mount(digest("content"), A));
      assertThrows(BlobUnknownException.class, () -> b.blobs().stat(digest("content")));
      assertEquals(0, data.placements(Optional.empty(), 10).size());
    }
  }

  @Test
  void aManifestAndTheDeletionOfItsLayerDoNotBothSucceed() throws IOException {
    Interposed facts = new Interposed(new InMemoryMetadataStore());
    try (InMemoryBlobData data = new InMemoryBlobData();
        StowageRegistry registry =
            StowageRegistry.open(data, facts, new LineManifestReader(), CoreOptions.defaults())) {
      Repository a = registry.repository(A);
      String image = LineManifestReader.line(EdgeRole.LAYER, digest("content"), 7);
      a.blobs().put(TYPE, content("content"));
      facts.beforeNextWrite = () -> a.blobs().delete(digest("content"));
      assertThrows(ManifestReferenceUnknownException.class, () -> push(a, image));
      a.blobs().put(TYPE, content("content"));
      facts.beforeNextWrite = () -> push(a, image);
      assertThrows(ReferencedException.class, () -> a.blobs().delete(digest("content")));
    }
  }

  @Test
  void aTagThatMovesWhileItIsReadLeadsToItsOldManifestOrToItsNewOne() throws IOException {
    Interposed facts = new Interposed(new InMemoryMetadataStore());
    try (InMemoryBlobData data = new InMemoryBlobData();
        StowageRegistry registry =
            StowageRegistry.open(data, facts, new LineManifestReader(), CoreOptions.defaults())) {
      Repository a = registry.repository(A);
      push(a, "# old\n");
      facts.afterNextTag =
          () -> {
            push(a, "# new\n");
            a.manifests().delete(Reference.of(digest("# old\n")));
          };
      Manifest found = a.manifests().get(Reference.of(V1));
      assertEquals(digest("# new\n"), found.name());
      assertEquals(content("# new\n"), found.content());
    }
  }

  @Test
  void anUploadThatIsCancelledWhileItIsLookedUpIsUnknown() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.registry.close();
    bench.kill();
    before(
        Operation.REOPEN,
        () -> {
          bench.truth.write(
              f -> {
                f.removeUpload(writer.id());
                return true;
              });
          bench.memory.discard(writer.id());
        });
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.assertNoUploads();
  }

  private static void push(Repository repository, String document) throws IOException {
    repository
        .manifests()
        .put(Reference.of(V1), LineManifestReader.TYPE, content(document), List.of());
  }

  /** Facts at which something happens once, before a write or between two reads. */
  private static final class Interposed implements MetadataStore {
    private static final Step NOTHING = () -> {};

    private final InMemoryMetadataStore store;
    private Step beforeNextWrite = NOTHING;
    private Step afterNextTag = NOTHING;

    Interposed(InMemoryMetadataStore store) {
      this.store = store;
    }

    @Override
    public <T> T read(Reading<T> transaction) throws IOException {
      return store.read(transaction);
    }

    @Override
    public <T> T write(Writing<T> transaction) throws IOException {
      Step step = beforeNextWrite;
      beforeNextWrite = NOTHING;
      step.run();
      return store.write(transaction);
    }

    @Override
    public Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
      Optional<TagTarget> target = store.tag(repository, tag);
      Step step = afterNextTag;
      afterNextTag = NOTHING;
      step.run();
      return target;
    }

    @Override
    public void close() {
      store.close();
    }

    @Override
    public Health health() {
      return store.health();
    }
  }
}
