package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import land.oras.ArtifactType;
import land.oras.ContainerRef;
import land.oras.LocalPath;
import land.oras.Manifest;
import land.oras.ManifestDescriptor;
import land.oras.Registry;
import land.oras.exception.OrasException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Artifacts that are no images, and what refers to them, through the ORAS SDK. Its requests have no
 * time limit of their own.
 */
@ClientTest
@Timeout(60)
class OrasTest {
  private static final ArtifactType THING = ArtifactType.from("application/vnd.test.thing");
  private static final ArtifactType SBOM = ArtifactType.from("application/vnd.test.sbom");

  private final ClientSetup setup;
  private final Registry oras;

  OrasTest(ClientSetup setup) {
    this.setup = setup;
    this.oras = Registry.builder().insecure(setup.registry().address()).build();
  }

  @Test
  @Cells({"oras-java-sdk pushArtifact", "oras-java-sdk pullArtifact", "oras-java-sdk getManifest"})
  void pullsTheFilesThatItPushed() throws Exception {
    ContainerRef artifact = ref("oras/files:v1");
    Path text = text("hello");
    Path random = random(1_500_000);
    Path folder = Files.createDirectory(setup.scratch("oras").resolve("folder"));
    Files.writeString(folder.resolve("inside"), "inside");

    oras.pushArtifact(
        artifact,
        THING,
        LocalPath.of(text, "text/plain"),
        LocalPath.of(random),
        LocalPath.of(folder));

    Manifest manifest = oras.getManifest(artifact);
    assertEquals(THING.getMediaType(), manifest.getArtifactType().getMediaType());
    assertEquals(3, manifest.getLayers().size());
    Path out = setup.scratch("oras-out");
    oras.pullArtifact(artifact, out, true);
    assertEquals("hello", Files.readString(out.resolve(text.getFileName())));
    assertEquals(-1, Files.mismatch(random, out.resolve(random.getFileName())));
    assertEquals("inside", Files.readString(out.resolve("folder/inside")));
  }

  @Test
  @Cells({
    "oras-java-sdk pushBlob",
    "oras-java-sdk pushBlobChunked",
    "oras-java-sdk getBlob",
    "oras-java-sdk fetchBlob"
  })
  void pushesBlobsWholeAndInChunks() throws Exception {
    ContainerRef repository = ref("oras/blobs:v1");
    byte[] whole = "whole".getBytes(UTF_8);
    Path chunked = random(1_200_000);

    assertEquals(Sha256.of(whole), oras.pushBlob(repository, whole).getDigest());
    assertEquals(
        Sha256.of(chunked), oras.pushBlobChunked(repository, chunked, 1 << 19).getDigest());

    assertArrayEquals(whole, oras.getBlob(repository.withDigest(Sha256.of(whole))));
    // Not by getBlob, which decodes the octets as text.
    Path fetched = setup.scratch("oras").resolve("fetched");
    oras.fetchBlob(repository.withDigest(Sha256.of(chunked)), fetched);
    assertEquals(-1, Files.mismatch(chunked, fetched));
  }

  @Test
  @Cells("oras-java-sdk mountBlob")
  void mountsABlobIntoAnotherRepository() throws Exception {
    byte[] content = "mounted".getBytes(UTF_8);
    String digest = oras.pushBlob(ref("oras/source:v1"), content).getDigest();
    ContainerRef target = ref("oras/target:v1").withDigest(digest);

    assertTrue(oras.mountBlob(ref("oras/source:v1").withDigest(digest), target));

    assertArrayEquals(content, oras.getBlob(target));
  }

  @Test
  @Cells({
    "oras-java-sdk getTags",
    "oras-java-sdk getTags in pages",
    "oras-java-sdk getRepositories"
  })
  void listsTagsWholeAndInPages() throws Exception {
    for (String tag : List.of("c", "a", "b")) {
      push("oras/tags:" + tag);
    }
    ContainerRef repository = ref("oras/tags:a");

    assertEquals(List.of("a", "b", "c"), oras.getTags(repository).tags());
    assertEquals(List.of("a", "b"), oras.getTags(repository, 2, null).tags());
    assertEquals(List.of("c"), oras.getTags(repository, 2, "b").tags());
    assertTrue(oras.getRepositories().repositories().contains("oras/tags"));
  }

  @Test
  @Cells({"oras-java-sdk attachArtifact", "oras-java-sdk getReferrers by type"})
  void findsWhatIsAttachedToAnArtifact() throws Exception {
    ContainerRef artifact = ref("oras/attached:v1");
    String subject = push("oras/attached:v1");

    Set<String> attached = new TreeSet<>();
    for (String text : List.of("first", "second")) {
      attached.add(
          digest(oras.attachArtifact(artifact, SBOM, LocalPath.of(text(text), "text/plain"))));
    }
    String other =
        digest(oras.attachArtifact(artifact, THING, LocalPath.of(text("third"), "text/plain")));

    assertEquals(attached, referrers(artifact.withDigest(subject), SBOM));
    assertEquals(Set.of(other), referrers(artifact.withDigest(subject), THING));
    assertEquals(List.of("v1"), oras.getTags(artifact).tags());
  }

  @Test
  void aReferrerThatIsDeletedIsNoLongerListed() throws Exception {
    ContainerRef artifact = ref("oras/detached:v1");
    String subject = push("oras/detached:v1");
    String attached =
        digest(oras.attachArtifact(artifact, SBOM, LocalPath.of(text("gone"), "text/plain")));

    oras.deleteManifest(artifact.withDigest(attached));

    assertEquals(Set.of(), referrers(artifact.withDigest(subject), SBOM));
  }

  @Test
  @Cells("oras-java-sdk deleteManifest")
  void aDeletedArtifactIsGone() throws Exception {
    ContainerRef artifact = ref("oras/deleted:v1");
    String digest = push("oras/deleted:v1");

    oras.deleteManifest(artifact.withDigest(digest));

    OrasException gone = assertThrows(OrasException.class, () -> oras.getManifest(artifact));
    assertEquals(404, gone.getStatusCode());
  }

  private ContainerRef ref(String image) {
    return ContainerRef.parse(setup.registry().image(image));
  }

  private String push(String image) throws Exception {
    return digest(oras.pushArtifact(ref(image), THING, LocalPath.of(text(image), "text/plain")));
  }

  private static String digest(Manifest manifest) {
    return manifest.getDescriptor().getDigest();
  }

  private Set<String> referrers(ContainerRef subject, ArtifactType type) {
    return oras.getReferrers(subject, type).getManifests().stream()
        .map(ManifestDescriptor::getDigest)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Path text(String content) throws Exception {
    return Files.writeString(setup.scratch("oras").resolve("text"), content);
  }

  private Path random(int size) throws Exception {
    byte[] content = new byte[size];
    new Random().nextBytes(content);
    return Files.write(setup.scratch("oras").resolve("random"), content);
  }
}
