package dev.stowage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.Actor;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.registry.Manifest;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Page;
import dev.stowage.registry.PushedManifest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestReference;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Registry} keeps: with deletion switched on, what manifests need protected, and
 * manifests refused that lack what they need.
 */
public abstract class RegistryContract {
  private static final RepositoryName A = new RepositoryName("library/a");
  private static final RepositoryName B = new RepositoryName("library/b");
  private static final MediaType TEXT = new MediaType("text/plain");
  private static final Tag V1 = new Tag("v1");
  private static final Tag V2 = new Tag("v2");
  private static final int PLENTY = 3 << 20;

  private Registry registry;
  private Repository a;
  private Repository b;

  /**
   * A document as it is pushed.
   *
   * @param mediaType its type
   * @param content its bytes, which the registry reads as what it was made of
   */
  public record Document(MediaType mediaType, ByteBuffer content) {}

  /** Opens the registry of this test, which holds nothing yet; the test class closes it. */
  protected abstract Registry open() throws IOException;

  /**
   * Writes a manifest: an image where there is a config, else an index. This one writes JSON as the
   * OCI image specification has it.
   */
  protected Document document(
      List<ManifestReference> references,
      Optional<String> artifactType,
      Map<String, String> annotations) {
    return JsonManifests.document(references, artifactType, annotations);
  }

  @BeforeEach
  final void openRegistry() throws IOException {
    registry = open();
    a = registry.repository(A);
    b = registry.repository(B);
  }

  // Repositories

  @Test
  void aRepositoryBeginsWithItsFirstBlobOrManifest() throws IOException {
    assertEquals(A, a.name());
    assertEquals(Page.empty(), registry.repositories(Optional.empty(), 10));
    assertThrows(NameUnknownException.class, () -> a.tags().list(Optional.empty(), 10));
    try (BlobWriter writer = a.blobs().create()) {
      assertEquals(Page.empty(), registry.repositories(Optional.empty(), 10));
      writer.cancel();
    }
    blob(b, "blob");
    assertEquals(new Page<>(List.of(B), false), registry.repositories(Optional.empty(), 10));
    push(a, Reference.of(V1), index());
    assertEquals(new Page<>(List.of(A, B), false), registry.repositories(Optional.empty(), 10));
    assertEquals(Page.empty(), b.tags().list(Optional.empty(), 10));
  }

  @Test
  void repositoriesAreListedByPages() throws IOException {
    List<RepositoryName> names =
        Stream.of("a", "a-b", "a/b", "a0", "z").map(RepositoryName::new).toList();
    for (int i = names.size() - 1; i >= 0; i--) {
      blob(registry.repository(names.get(i)), "blob");
    }
    assertEquals(new Page<>(names, false), registry.repositories(Optional.empty(), 5));
    assertEquals(new Page<>(names.subList(0, 4), true), registry.repositories(Optional.empty(), 4));
    assertEquals(
        new Page<>(names.subList(2, 4), true), registry.repositories(Optional.of(names.get(1)), 2));
    assertEquals(
        new Page<>(names.subList(4, 5), false),
        registry.repositories(Optional.of(new RepositoryName("a1")), 2));
    assertEquals(Page.empty(), registry.repositories(Optional.empty(), 0));
  }

  // Blobs and mounts

  @Test
  void whatAnotherRepositoryHoldsIsUnknownHere() throws IOException {
    Digest digest = blob(a, "blob").digest();
    assertThrows(BlobUnknownException.class, () -> b.blobs().stat(digest));
    assertThrows(BlobUnknownException.class, () -> b.blobs().open(digest));
    assertThrows(BlobUnknownException.class, () -> b.blobs().delete(digest));
    b.blobs().create(digest).cancel();
  }

  @Test
  void aMountLinksTheBlobWithItsMediaType() throws IOException {
    Descriptor blob = a.blobs().put(TEXT, bytes("blob"));
    assertEquals(Optional.of(blob), b.mount(blob.digest(), A));
    assertEquals(Optional.of(blob), b.mount(blob.digest(), A));
    assertEquals(bytes("blob"), b.blobs().get(blob.digest(), 10));
    a.blobs().delete(blob.digest());
    assertEquals(bytes("blob"), b.blobs().get(blob.digest(), 10));
  }

  @Test
  void aMountOfWhatTheSourceDoesNotHoldIsNone() throws IOException {
    Digest digest = blob(a, "blob").digest();
    assertEquals(Optional.empty(), b.mount(digest, B));
    assertEquals(Optional.empty(), b.mount(digest, new RepositoryName("nowhere")));
    assertEquals(Optional.empty(), b.mount(digest("other"), A));
    assertEquals(Optional.empty(), b.mount(sha512("blob"), A));
    assertEquals(new Page<>(List.of(A), false), registry.repositories(Optional.empty(), 10));
  }

  @Test
  void aMountWithoutASourceAsksWhatMayBeRead() throws IOException {
    Digest digest = blob(a, "blob").digest();
    blob(registry.repository(new RepositoryName("secret")), "blob");
    assertEquals(Optional.empty(), b.mount(digest, name -> false));
    assertThrows(BlobUnknownException.class, () -> b.blobs().stat(digest));
    assertTrue(b.mount(digest, A::equals).isPresent());
    assertEquals(4, b.blobs().stat(digest).size());
    assertEquals(Optional.empty(), b.mount(digest("other"), name -> true));
  }

  @Test
  void anAliasMayBeMountedAndIsKnownInEveryRepositoryOfItsContent() throws IOException {
    commitAs(a, "blob", sha512("blob"));
    assertEquals(digest("blob"), b.mount(sha512("blob"), A).orElseThrow().digest());
    a.blobs().delete(digest("blob"));
    assertThrows(BlobUnknownException.class, () -> a.blobs().stat(sha512("blob")));
    assertEquals(4, b.blobs().stat(sha512("blob")).size());
    b.blobs().delete(sha512("blob"));
    blob(b, "blob");
    assertThrows(BlobUnknownException.class, () -> b.blobs().stat(sha512("blob")));
  }

  @Test
  void blobsAreListedByDigest() throws IOException {
    List<Descriptor> blobs = new ArrayList<>();
    for (String text : List.of("one", "two", "three", "four")) {
      blobs.add(blob(a, text));
    }
    blob(b, "five");
    blobs.sort((x, y) -> x.digest().compareTo(y.digest()));
    assertEquals(new Page<>(blobs, false), a.listBlobs(Optional.empty(), 4));
    assertEquals(new Page<>(blobs.subList(0, 3), true), a.listBlobs(Optional.empty(), 3));
    assertEquals(
        new Page<>(blobs.subList(2, 4), false), a.listBlobs(Optional.of(blobs.get(1).digest()), 3));
    assertEquals(Page.empty(), a.listBlobs(Optional.empty(), 0));
  }

  @Test
  void anUploadBelongsToItsRepositoryAndTheNameOfItsCaller() throws IOException {
    Repository hers = registry.as(new Actor("her", "10.0.0.1")).repository(A);
    BlobWriter writer = hers.blobs().create();
    writer.write(bytes("blob"));
    writer.close();
    Registry his = registry.as(new Actor("him", "10.0.0.1"));
    assertThrows(UploadUnknownException.class, () -> his.repository(A).blobs().resume(writer.id()));
    assertThrows(UploadUnknownException.class, () -> a.blobs().resume(writer.id()));
    Registry elsewhere = registry.as(new Actor("her", "10.0.0.2"));
    assertThrows(
        UploadUnknownException.class, () -> elsewhere.repository(B).blobs().resume(writer.id()));
    try (BlobWriter next = elsewhere.repository(A).blobs().resume(writer.id())) {
      next.commit(Provisional.of(digest("blob")));
    }
    assertEquals(4, a.blobs().stat(digest("blob")).size());
  }

  // Descriptors

  @Test
  void aRepositoryHasAMediaTypeOfItsOwn() throws IOException {
    Descriptor blob = blob(a, "blob");
    b.mount(blob.digest(), A);
    Descriptor text = new Descriptor(TEXT, 4, blob.digest());
    a.descriptors().setDescriptor(blob.digest(), text);
    assertEquals(text, a.blobs().stat(blob.digest()));
    assertEquals(text, a.descriptors().stat(blob.digest()));
    assertEquals(blob, b.blobs().stat(blob.digest()));
    a.descriptors().clear(blob.digest());
    assertEquals(blob, a.blobs().stat(blob.digest()));
  }

  @Test
  void aFurtherDigestMustNameTheSameBytes() throws IOException {
    Descriptor blob = blob(a, "blob");
    assertThrows(
        InvalidDigestException.class, () -> a.descriptors().setDescriptor(sha512("other"), blob));
    assertThrows(
        InvalidDigestException.class, () -> a.descriptors().setDescriptor(digest("other"), blob));
    assertThrows(
        InvalidLengthException.class,
        () ->
            a.descriptors().setDescriptor(sha512("blob"), new Descriptor(TEXT, 5, blob.digest())));
    assertThrows(
        BlobUnknownException.class, () -> b.descriptors().setDescriptor(sha512("blob"), blob));
    assertThrows(BlobUnknownException.class, () -> a.blobs().stat(sha512("blob")));
    a.descriptors().setDescriptor(sha512("blob"), blob);
    assertEquals(blob, a.blobs().stat(sha512("blob")));
  }

  @Test
  void anAliasIsClearedUnlessAnotherRepositoryHoldsItsContent() throws IOException {
    Descriptor blob = blob(a, "blob");
    a.descriptors().setDescriptor(sha512("blob"), blob);
    b.mount(blob.digest(), A);
    a.descriptors().clear(sha512("blob"));
    assertEquals(blob, a.blobs().stat(sha512("blob")));
    b.blobs().delete(blob.digest());
    a.descriptors().clear(sha512("blob"));
    assertThrows(BlobUnknownException.class, () -> a.blobs().stat(sha512("blob")));
    assertThrows(BlobUnknownException.class, () -> a.descriptors().clear(sha512("blob")));
    assertThrows(BlobUnknownException.class, () -> b.descriptors().clear(blob.digest()));
  }

  // Manifests

  @Test
  void aManifestIsGivenBackByteForByteByTagAndByDigest() throws IOException {
    Document image = image("config", "layer 1", "layer 2");
    ByteBuffer content = image.content();
    int position = content.position();
    Digest digest = Digest.canonical(content);
    PushedManifest pushed = push(a, Reference.of(V1), image, V2, V1, V2);
    Descriptor descriptor = new Descriptor(image.mediaType(), content.remaining(), digest);
    assertEquals(new PushedManifest(digest, descriptor, List.of(V1, V2), Optional.empty()), pushed);
    assertEquals(position, content.position());
    Manifest expected = new Manifest(digest, descriptor, content);
    for (Reference reference : List.of(Reference.of(V1), Reference.of(V2), Reference.of(digest))) {
      assertEquals(expected, a.manifests().get(reference));
    }
    assertEquals(pushed, push(a, Reference.of(V1), image, V2));
    assertEquals(List.of(V1, V2), a.tags().list(Optional.empty(), 10).items());
  }

  @Test
  void aManifestOfAnotherRepositoryIsUnknownHere() throws IOException {
    Digest digest = push(a, Reference.of(V1), index()).name();
    for (Reference reference : List.of(Reference.of(V1), Reference.of(digest))) {
      assertEquals(Optional.empty(), b.manifests().find(reference));
      ManifestUnknownException refusal =
          assertThrows(ManifestUnknownException.class, () -> b.manifests().get(reference));
      assertEquals(reference, refusal.reference());
      assertThrows(ManifestUnknownException.class, () -> b.manifests().delete(reference));
    }
  }

  @Test
  void aManifestThatIsNoneIsRefused() {
    MediaType type = index().mediaType();
    assertThrows(
        ManifestInvalidException.class,
        () -> a.manifests().put(Reference.of(V1), type, bytes("not a manifest"), List.of()));
    ByteBuffer large = ByteBuffer.allocate(a.manifests().maxSize() + 1);
    assertThrows(
        ManifestTooLargeException.class,
        () -> a.manifests().put(Reference.of(V1), type, large, List.of()));
    assertThrows(
        InvalidDigestException.class, () -> push(a, Reference.of(digest("other")), index()));
    assertThrows(NameUnknownException.class, () -> a.tags().list(Optional.empty(), 10));
  }

  @Test
  void aManifestNeedsWhatItRefersToInItsOwnRepository() throws IOException {
    Document image = image("config", "layer");
    push(a, Reference.of(V1), image);
    ManifestReferenceUnknownException refusal =
        assertThrows(
            ManifestReferenceUnknownException.class, () -> push(b, Reference.of(V1), image));
    assertEquals(List.of(digest("config"), digest("layer")), refusal.missing());
    b.mount(digest("config"), A);
    b.mount(digest("layer"), A);
    push(b, Reference.of(V1), image);
    Document index = index(child(image));
    push(b, Reference.of(V2), index);
    Document other = index(child(index), child(index()));
    assertEquals(
        List.of(Digest.canonical(index().content())),
        assertThrows(
                ManifestReferenceUnknownException.class, () -> push(b, Reference.of(V2), other))
            .missing());
    assertEquals(Digest.canonical(index.content()), b.manifests().get(Reference.of(V2)).name());
  }

  @Test
  void aManifestMustNotContradictWhatIsStored() throws IOException {
    blob(a, "config");
    ManifestReference wrong = new ManifestReference(EdgeRole.CONFIG, TEXT, 7, digest("config"));
    assertThrows(
        ManifestInvalidException.class,
        () -> push(a, Reference.of(V1), document(List.of(wrong), Optional.empty(), Map.of())));
  }

  @Test
  void aLayerThatIsNotDistributableNeedNotBeHere() throws IOException {
    blob(a, "config");
    List<ManifestReference> references = new ArrayList<>(List.of(config("config")));
    for (String type :
        List.of(
            "application/vnd.oci.image.layer.nondistributable.v1.tar",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
            "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip")) {
      references.add(new ManifestReference(EdgeRole.LAYER, new MediaType(type), 9, digest(type)));
    }
    push(a, Reference.of(V1), document(references, Optional.empty(), Map.of()));
  }

  @Test
  void anIndexMayListBlobs() throws IOException {
    blob(a, "cache");
    Document index = index(new ManifestReference(EdgeRole.CHILD, TEXT, 5, digest("cache")));
    Digest digest = push(a, Reference.of(V1), index).name();
    assertEquals(
        digest,
        assertThrows(ReferencedException.class, () -> a.blobs().delete(digest("cache")))
            .referrer());
    a.manifests().delete(Reference.of(digest));
    a.blobs().delete(digest("cache"));
  }

  @Test
  void aTagAnswersWithTheDigestThatItWasPushedWith() throws IOException {
    Document index = index();
    Digest alias = Digest.of(DigestAlgorithm.SHA512, index.content());
    Digest canonical = Digest.canonical(index.content());
    PushedManifest pushed = push(a, Reference.of(alias), index, V1);
    assertEquals(alias, pushed.name());
    assertEquals(canonical, pushed.descriptor().digest());
    assertEquals(alias, a.manifests().get(Reference.of(V1)).name());
    assertEquals(alias, a.manifests().get(Reference.of(alias)).name());
    assertEquals(canonical, a.manifests().get(Reference.of(canonical)).name());
    push(a, Reference.of(V2), index);
    assertEquals(canonical, a.manifests().get(Reference.of(V2)).name());
    assertEquals(alias, a.manifests().get(Reference.of(V1)).name());
    a.manifests().delete(Reference.of(alias));
    assertEquals(Optional.empty(), a.manifests().find(Reference.of(V1)));
    push(a, Reference.of(V2), index);
    assertEquals(Optional.empty(), a.manifests().find(Reference.of(alias)));
  }

  @Test
  void manifestsAreListedByDigest() throws IOException {
    List<Descriptor> manifests = new ArrayList<>();
    for (String name : List.of("one", "two", "three")) {
      manifests.add(push(a, Reference.of(V1), image(name)).descriptor());
    }
    manifests.sort((x, y) -> x.digest().compareTo(y.digest()));
    assertEquals(new Page<>(manifests, false), a.manifests().list(Optional.empty(), 3));
    assertEquals(
        new Page<>(manifests.subList(1, 2), true),
        a.manifests().list(Optional.of(manifests.get(0).digest()), 1));
    assertEquals(Page.empty(), a.manifests().list(Optional.empty(), 0));
    assertEquals(Page.empty(), b.manifests().list(Optional.empty(), 5));
  }

  // Tags

  @Test
  void aTagMovesAndItsOldManifestStays() throws IOException {
    Digest first = push(a, Reference.of(V1), image("one")).name();
    Digest second = push(a, Reference.of(V1), image("two")).name();
    assertEquals(second, a.manifests().get(Reference.of(V1)).name());
    a.manifests().delete(Reference.of(V1));
    assertEquals(Page.empty(), a.tags().list(Optional.empty(), 10));
    assertThrows(ManifestUnknownException.class, () -> a.manifests().delete(Reference.of(V1)));
    assertTrue(a.manifests().find(Reference.of(first)).isPresent());
    assertTrue(a.manifests().find(Reference.of(second)).isPresent());
  }

  @Test
  void tagsAreListedByPagesInByteOrder() throws IOException {
    List<Tag> tags = Stream.of("1.0", "B", "_", "a", "a-1").map(Tag::new).toList();
    push(a, Reference.of(tags.get(3)), index(), tags.get(4), tags.get(0), tags.get(2), tags.get(1));
    assertEquals(new Page<>(tags, false), a.tags().list(Optional.empty(), 5));
    assertEquals(new Page<>(tags.subList(0, 2), true), a.tags().list(Optional.empty(), 2));
    assertEquals(
        new Page<>(tags.subList(2, 5), false), a.tags().list(Optional.of(new Tag("C")), 3));
    assertEquals(Page.empty(), a.tags().list(Optional.empty(), 0));
  }

  // Deletion

  @Test
  void whatAManifestNeedsIsKept() throws IOException {
    Document image = image("config", "layer");
    Digest child = push(a, Reference.of(V1), image).name();
    Digest parent = push(a, Reference.of(V2), index(child(image))).name();
    for (String blob : List.of("config", "layer")) {
      ReferencedException refusal =
          assertThrows(ReferencedException.class, () -> a.blobs().delete(digest(blob)));
      assertEquals(digest(blob), refusal.digest());
      assertEquals(child, refusal.referrer());
    }
    assertEquals(
        parent,
        assertThrows(ReferencedException.class, () -> a.manifests().delete(Reference.of(child)))
            .referrer());
    a.manifests().delete(Reference.of(V1));
    a.manifests().delete(Reference.of(parent));
    assertEquals(Page.empty(), a.tags().list(Optional.empty(), 10));
    a.manifests().delete(Reference.of(child));
    a.blobs().delete(digest("config"));
    a.blobs().delete(digest("layer"));
    assertEquals(Page.empty(), a.listBlobs(Optional.empty(), 10));
  }

  @Test
  void anotherRepositoryNeedsNothingHere() throws IOException {
    push(a, Reference.of(V1), image("config"));
    b.mount(digest("config"), A);
    b.blobs().delete(digest("config"));
    assertEquals(6, a.blobs().stat(digest("config")).size());
  }

  @Test
  void whatIsNeededByAnotherNameIsKeptAsSoonAsThatNameIsKnown() throws IOException {
    blob(a, "config");
    commitAs(a, "layer", sha512("layer"));
    ManifestReference layer = new ManifestReference(EdgeRole.LAYER, TEXT, 5, sha512("layer"));
    Document image = document(List.of(config("config"), layer), Optional.empty(), Map.of());
    Digest digest = push(a, Reference.of(V1), image).name();
    for (Digest name : List.of(digest("layer"), sha512("layer"))) {
      assertEquals(
          digest, assertThrows(ReferencedException.class, () -> a.blobs().delete(name)).referrer());
    }
  }

  @Test
  void aSubjectIsNotNeededAndMayBeDeleted() throws IOException {
    Document subject = image("config");
    Digest digest = push(a, Reference.of(V1), subject).name();
    Digest referrer = push(a, Reference.of(V2), about("type", subject, "one")).name();
    a.manifests().delete(Reference.of(digest));
    assertEquals(List.of(referrer), referrers(digest, Optional.empty()));
  }

  // Referrers

  @Test
  void referrersAreListedWithWhatTheySayOfThemselves() throws IOException {
    Document subject = image("config");
    Digest digest = Digest.canonical(subject.content());
    Map<String, String> annotations = Map.of("org.example.key", "value");
    Document about =
        document(
            List.of(config("config"), subject(subject)), Optional.of("text/sbom"), annotations);
    PushedManifest pushed = push(a, Reference.of(V2), about);
    assertEquals(Optional.of(digest), pushed.subject());
    assertEquals(
        new Page<>(
            List.of(
                new Referrer(
                    pushed.name(), pushed.descriptor(), Optional.of("text/sbom"), annotations)),
            false),
        a.referrers().list(digest, Optional.empty(), Optional.empty(), PLENTY));
    assertEquals(
        Page.empty(), b.referrers().list(digest, Optional.empty(), Optional.empty(), PLENTY));
    a.manifests().delete(Reference.of(pushed.name()));
    assertEquals(List.of(), referrers(digest, Optional.empty()));
  }

  @Test
  void referrersAreFilteredAndCutIntoPages() throws IOException {
    Document subject = image("config");
    Digest digest = Digest.canonical(subject.content());
    List<Digest> sboms = new ArrayList<>();
    List<Digest> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean sbom = i % 2 == 0;
      Document about = about(sbom ? "text/sbom" : "text/signature", subject, "about " + i);
      Digest pushed = push(a, Reference.of(V1), about).name();
      all.add(pushed);
      if (sbom) {
        sboms.add(pushed);
      }
    }
    all.sort(null);
    sboms.sort(null);
    assertEquals(all, referrers(digest, Optional.empty()));
    assertEquals(sboms, referrers(digest, Optional.of("text/sbom")));
    assertEquals(List.of(), referrers(digest, Optional.of("text/other")));

    List<Digest> paged = new ArrayList<>();
    Page<Referrer> page;
    do {
      Optional<Digest> after =
          paged.isEmpty() ? Optional.empty() : Optional.of(paged.get(paged.size() - 1));
      page = a.referrers().list(digest, Optional.of("text/sbom"), after, 1);
      assertEquals(1, page.items().size(), "a page holds at least one, and no more than fit");
      paged.add(page.items().get(0).name());
    } while (page.more());
    assertEquals(sboms, paged);
  }

  @Test
  void aSubjectKnownByAnotherNameIsJoinedWhenThatNameIs() throws IOException {
    Document subject = index();
    Digest alias = Digest.of(DigestAlgorithm.SHA512, subject.content());
    Digest canonical = Digest.canonical(subject.content());
    List<Digest> all = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      blob(a, "config");
      ManifestReference reference =
          new ManifestReference(
              EdgeRole.SUBJECT, subject.mediaType(), subject.content().remaining(), alias);
      Document about =
          document(
              List.of(config("config"), reference),
              Optional.of("text/sbom"),
              Map.of("number", "" + i));
      all.add(push(a, Reference.of(V1), about).name());
    }
    all.sort(null);
    assertEquals(all, referrers(alias, Optional.empty()));
    assertEquals(List.of(), referrers(canonical, Optional.empty()));
    push(a, Reference.of(alias), subject);
    assertEquals(all, referrers(alias, Optional.empty()));
    assertEquals(all, referrers(canonical, Optional.empty()));
    a.manifests().delete(Reference.of(canonical));
    assertEquals(all, referrers(canonical, Optional.empty()));
    for (Digest referrer : all) {
      a.manifests().delete(Reference.of(referrer));
    }
    assertEquals(List.of(), referrers(canonical, Optional.empty()));
  }

  // What the tests are made of

  private Document image(String config, String... layers) throws IOException {
    blob(a, config);
    List<ManifestReference> references = new ArrayList<>(List.of(config(config)));
    for (String layer : layers) {
      blob(a, layer);
      references.add(new ManifestReference(EdgeRole.LAYER, TEXT, layer.length(), digest(layer)));
    }
    return document(references, Optional.empty(), Map.of());
  }

  private Document index(ManifestReference... children) {
    return document(Arrays.asList(children), Optional.empty(), Map.of());
  }

  private Document about(String artifactType, Document subject, String annotation)
      throws IOException {
    blob(a, "config");
    return document(
        List.of(config("config"), subject(subject)),
        Optional.of(artifactType),
        Map.of("note", annotation.replace(' ', '-')));
  }

  private static ManifestReference config(String text) {
    return new ManifestReference(EdgeRole.CONFIG, TEXT, text.length(), digest(text));
  }

  private static ManifestReference child(Document manifest) {
    return reference(EdgeRole.CHILD, manifest);
  }

  private static ManifestReference subject(Document manifest) {
    return reference(EdgeRole.SUBJECT, manifest);
  }

  private static ManifestReference reference(EdgeRole role, Document manifest) {
    return new ManifestReference(
        role,
        manifest.mediaType(),
        manifest.content().remaining(),
        Digest.canonical(manifest.content()));
  }

  private static PushedManifest push(
      Repository repository, Reference reference, Document document, Tag... tags)
      throws IOException {
    return repository
        .manifests()
        .put(reference, document.mediaType(), document.content(), Arrays.asList(tags));
  }

  private List<Digest> referrers(Digest subject, Optional<String> artifactType) throws IOException {
    return a.referrers().list(subject, artifactType, Optional.empty(), PLENTY).items().stream()
        .map(Referrer::name)
        .toList();
  }

  private static Descriptor blob(Repository repository, String text) throws IOException {
    return repository.blobs().put(MediaType.OCTET_STREAM, bytes(text));
  }

  private static void commitAs(Repository repository, String text, Digest digest)
      throws IOException {
    try (BlobWriter writer = repository.blobs().create(digest.algorithm())) {
      writer.write(bytes(text));
      writer.commit(Provisional.of(digest));
    }
  }

  private static Digest digest(String text) {
    return Digest.canonical(bytes(text));
  }

  private static Digest sha512(String text) {
    return Digest.of(DigestAlgorithm.SHA512, bytes(text));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
