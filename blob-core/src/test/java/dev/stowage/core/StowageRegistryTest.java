package dev.stowage.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.Actor;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Page;
import dev.stowage.registry.PushedManifest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class StowageRegistryTest {
  private static final RepositoryName A = new RepositoryName("a");
  private static final RepositoryName B = new RepositoryName("b");
  private static final Tag V1 = new Tag("v1");

  private InMemoryBlobData data = new InMemoryBlobData();
  private final InMemoryMetadataStore facts = new InMemoryMetadataStore();
  private StowageRegistry registry = open(CoreOptions.defaults());

  private StowageRegistry open(CoreOptions options) {
    try {
      return StowageRegistry.open(data, facts, new LineManifestReader(), options);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Repository a() {
    return registry.repository(A);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Digest sha512(String text) {
    return Digest.of(DigestAlgorithm.SHA512, bytes(text));
  }

  private Descriptor put(RepositoryName repository, String text) throws IOException {
    return registry.repository(repository).blobs().put(MediaType.OCTET_STREAM, bytes(text));
  }

  private PushedManifest push(RepositoryName repository, Reference reference, String document)
      throws IOException {
    return registry
        .repository(repository)
        .manifests()
        .put(reference, LineManifestReader.TYPE, bytes(document), List.of());
  }

  private int placements() throws IOException {
    return data.placements(Optional.empty(), 100).size();
  }

  @Test
  void goesOnWithAnUploadAfterTheProcessWasKilled() throws IOException {
    BlobWriter before = a().blobs().create();
    before.write(bytes("first "));
    data = data.afterKill();
    registry = open(CoreOptions.defaults());
    try (BlobWriter after = a().blobs().resume(before.id())) {
      assertEquals(6, after.size());
      after.write(bytes("second"));
      Descriptor blob = after.commit(Provisional.of(sha512("first second")));
      assertEquals(Digest.canonical(bytes("first second")), blob.digest());
    }
  }

  @Test
  void knowsNoUploadOfAnEarlierBootOfTheMachine() throws IOException {
    BlobWriter before = a().blobs().create();
    before.write(bytes("first"));
    data = data.afterBoot();
    registry = open(CoreOptions.defaults());
    assertThrows(UploadUnknownException.class, () -> a().blobs().resume(before.id()));
    assertEquals(List.of(), facts.read(f -> f.uploads(Optional.empty(), 10)));
  }

  @Test
  void discardsStagedBytesThatNoUploadIsKnownOf() throws IOException {
    data.stage(UploadId.random()).close();
    registry = open(CoreOptions.defaults());
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void freesAtOpeningWhatWasDoomedBeforeACrash() throws IOException {
    Descriptor blob = put(A, "doomed");
    facts.write(
        f -> {
          f.putDoomed(f.blob(blob.digest()).orElseThrow().placement());
          f.removeBlob(blob.digest());
          f.removeLink(A, blob.digest());
          return true;
        });
    assertEquals(1, placements());
    registry = open(CoreOptions.defaults());
    assertEquals(0, placements());
    assertEquals(List.of(), facts.read(f -> f.doomed(Optional.empty(), 10)));
  }

  @Test
  void letsANewerWriterTakeAnUploadOver() throws IOException {
    try (BlobWriter older = a().blobs().create()) {
      older.write(bytes("first "));
      try (BlobWriter newer = a().blobs().resume(older.id())) {
        UploadTakenOverException refusal =
            assertThrows(UploadTakenOverException.class, () -> older.write(bytes("late")));
        assertEquals(6, refusal.size());
        assertThrows(UploadTakenOverException.class, older::cancel);
        newer.write(bytes("second"));
        newer.commit(Provisional.of(Digest.canonical(bytes("first second"))));
      }
    }
  }

  @Test
  void keepsAnUploadFromOtherCallersAndRepositories() throws IOException {
    try (BlobWriter writer = a().blobs().create()) {
      UploadId id = writer.id();
      Repository others = registry.as(new Actor("other", "")).repository(A);
      assertThrows(UploadUnknownException.class, () -> others.blobs().resume(id));
      assertThrows(UploadUnknownException.class, () -> registry.repository(B).blobs().resume(id));
      registry.as(new Actor("anonymous", "10.0.0.1")).repository(A).blobs().resume(id).close();
    }
  }

  @Test
  void goesOnWithSessionsThatHadToGiveUpTheirChannel() throws IOException {
    registry = open(CoreOptions.defaults().withIdleUploads(1));
    UploadId[] ids = new UploadId[5];
    for (int i = 0; i < ids.length; i++) {
      try (BlobWriter writer = a().blobs().create()) {
        ids[i] = writer.id();
        writer.write(bytes("begin " + i));
      }
    }
    for (int i = 0; i < ids.length; i++) {
      try (BlobWriter writer = a().blobs().resume(ids[i])) {
        writer.write(bytes(" end"));
        writer.commit(Provisional.of(Digest.canonical(bytes("begin " + i + " end"))));
      }
    }
    assertEquals(ids.length, placements());
  }

  @Test
  void storesOneCopyOfWhatTwoPushAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 50; round++) {
        String content = "content " + round;
        CyclicBarrier together = new CyclicBarrier(2);
        Callable<Descriptor> push =
            () -> {
              try (BlobWriter writer = a().blobs().create()) {
                writer.write(bytes(content));
                together.await();
                return writer.commit(Provisional.of(Digest.canonical(bytes(content))));
              }
            };
        Future<Descriptor> one = threads.submit(push);
        Future<Descriptor> other = threads.submit(push);
        assertEquals(one.get(), other.get());
        assertEquals(round + 1, placements());
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void keepsBytesUntilTheLastRepositoryHasUnlinkedThem() throws IOException {
    Digest digest = put(A, "shared").digest();
    assertEquals(Optional.empty(), a().mount(digest, B));
    assertTrue(registry.repository(B).mount(digest, A).isPresent());
    a().blobs().delete(digest);
    assertThrows(BlobUnknownException.class, () -> a().blobs().stat(digest));
    assertEquals(digest, registry.repository(B).blobs().stat(digest).digest());
    registry.repository(B).blobs().delete(digest);
    assertEquals(0, placements());
  }

  @Test
  void mountsOnlyFromRepositoriesThatMayBeRead() throws IOException {
    Digest digest = put(A, "secret").digest();
    assertEquals(Optional.empty(), registry.repository(B).mount(digest, name -> false));
    assertThrows(BlobUnknownException.class, () -> registry.repository(B).blobs().stat(digest));
    assertTrue(registry.repository(B).mount(digest, A::equals).isPresent());
  }

  @Test
  void keepsWhatAManifestNeeds() throws IOException {
    registry.close();
    registry = open(Bench.withoutHistory());
    Descriptor layer = put(A, "layer");
    String image = LineManifestReader.line(EdgeRole.LAYER, layer.digest(), layer.size());
    Digest child = push(A, Reference.of(V1), image).descriptor().digest();
    String index = LineManifestReader.line(EdgeRole.CHILD, child, image.length());
    Digest parent = push(A, Reference.of(new Tag("index")), index).descriptor().digest();

    ReferencedException refusal =
        assertThrows(ReferencedException.class, () -> a().blobs().delete(layer.digest()));
    assertEquals(child, refusal.referrer());
    assertThrows(ReferencedException.class, () -> a().manifests().delete(Reference.of(child)));
    a().manifests().delete(Reference.of(parent));
    a().manifests().delete(Reference.of(child));
    assertEquals(new Page<>(List.of(), false), a().tags().list(Optional.empty(), 10));
    a().blobs().delete(layer.digest());
    assertEquals(0, placements());
  }

  @Test
  void refusesAManifestWithoutItsReferencesAndChangesNothing() throws IOException {
    Descriptor elsewhere = put(B, "layer");
    String image = LineManifestReader.line(EdgeRole.LAYER, elsewhere.digest(), 5);
    ManifestReferenceUnknownException refusal =
        assertThrows(
            ManifestReferenceUnknownException.class, () -> push(A, Reference.of(V1), image));
    assertEquals(List.of(elsewhere.digest()), refusal.missing());
    assertThrows(NameUnknownException.class, () -> a().tags().list(Optional.empty(), 1));
    registry.repository(A).mount(elsewhere.digest(), B);
    String wrongSize = LineManifestReader.line(EdgeRole.LAYER, elsewhere.digest(), 6);
    assertThrows(ManifestInvalidException.class, () -> push(A, Reference.of(V1), wrongSize));
    push(A, Reference.of(V1), image);
  }

  @Test
  void joinsASubjectThatWasKnownOnlyByAnotherAlgorithm() throws IOException {
    String subject = "# the subject\n";
    String about = LineManifestReader.line(EdgeRole.SUBJECT, sha512(subject), subject.length());
    Digest referrer = push(A, Reference.of(V1), about).descriptor().digest();
    assertEquals(List.of(referrer), referrers(sha512(subject)));
    Digest canonical = Digest.canonical(bytes(subject));
    assertEquals(List.of(), referrers(canonical));

    PushedManifest pushed = push(A, Reference.of(sha512(subject)), subject);
    assertEquals(sha512(subject), pushed.name());
    assertEquals(canonical, pushed.descriptor().digest());
    assertEquals(List.of(referrer), referrers(canonical));
    assertEquals(List.of(referrer), referrers(sha512(subject)));
    a().manifests().delete(Reference.of(referrer));
    assertEquals(List.of(), referrers(canonical));
  }

  private List<Digest> referrers(Digest subject) throws IOException {
    return a()
        .referrers()
        .list(subject, Optional.empty(), Optional.empty(), 1 << 20)
        .items()
        .stream()
        .map(Referrer::name)
        .toList();
  }

  @Test
  void forgetsAnAliasWithItsContent() throws IOException {
    try (BlobWriter writer = a().blobs().create()) {
      writer.write(bytes("content"));
      writer.commit(Provisional.of(sha512("content")));
    }
    assertEquals(7, a().blobs().stat(sha512("content")).size());
    a().blobs().delete(sha512("content"));
    assertEquals(Optional.empty(), facts.aliasTarget(sha512("content")));
  }

  @Test
  void answersInTheAlgorithmThatATagWasPushedWith() throws IOException {
    String document = "# nothing\n";
    a().manifests()
        .put(
            Reference.of(sha512(document)),
            LineManifestReader.TYPE,
            bytes(document),
            List.of(V1, V1));
    assertEquals(sha512(document), a().manifests().get(Reference.of(V1)).name());
    Digest canonical = Digest.canonical(bytes(document));
    assertEquals(canonical, a().manifests().get(Reference.of(canonical)).name());
    Digest other = Digest.canonical(bytes("other"));
    assertThrows(InvalidDigestException.class, () -> push(A, Reference.of(other), document));
    assertFalse(a().manifests().find(Reference.of(other)).isPresent());
  }
}
