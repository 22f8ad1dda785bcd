package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.ORAS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Artifacts, what refers to them, and single documents and blobs, with the program oras. */
@ClientTest(ORAS)
class OrasCliTest {
  private static final String THING = "application/vnd.test.thing";
  private static final String SBOM = "application/vnd.test.sbom";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final ClientSetup setup;

  OrasCliTest(ClientSetup setup) {
    this.setup = setup;
  }

  @Test
  @Cells({"oras push", "oras pull", "oras resolve"})
  void pullsTheFilesThatItPushed() throws Exception {
    String digest = push("orascli/files:v1", "hello");
    Path out = setup.scratch("oras");

    oras("pull", "-o", out.toString(), image("orascli/files:v1"));

    assertEquals("hello", Files.readString(out.resolve("file")));
    assertEquals(digest, oras("resolve", image("orascli/files:v1")));
  }

  @Test
  @Cells({"oras attach", "oras discover"})
  void discoversWhatItAttached() throws Exception {
    push("orascli/attached:v1", "subject");

    Set<String> attached = new TreeSet<>();
    attached.add(attach("orascli/attached:v1", SBOM, "first"));
    attached.add(attach("orascli/attached:v1", SBOM, "second"));
    String other = attach("orascli/attached:v1", THING, "third");

    assertEquals(attached, referrers("orascli/attached:v1", "--artifact-type=" + SBOM));
    assertEquals(Set.of(other), referrers("orascli/attached:v1", "--artifact-type=" + THING));
    assertEquals("v1", oras("repo", "tags", image("orascli/attached")));
  }

  @Test
  @Cells("oras cp -r")
  void copiesAnArtifactWithWhatRefersToIt() throws Exception {
    String digest = push("orascli/from:v1", "subject");
    String attached = attach("orascli/from:v1", SBOM, "attached");

    run(
        "cp",
        "-r",
        "--from-plain-http",
        "--to-plain-http",
        image("orascli/from:v1"),
        image("orascli/to:v2"));

    assertEquals(digest, oras("resolve", image("orascli/to:v2")));
    assertEquals(Set.of(attached), referrers("orascli/to:v2"));
  }

  @Test
  @Cells({"oras backup --include-referrers", "oras restore"})
  void restoresARepositoryFromABackup() throws Exception {
    String digest = push("orascli/saved:v1", "subject");
    String attached = attach("orascli/saved:v1", SBOM, "attached");
    Path backup = setup.scratch("oras").resolve("backup");

    oras("backup", "--include-referrers", "-o", backup.toString(), image("orascli/saved:v1"));
    oras("restore", "--input=" + backup, image("orascli/restored:v1"));

    assertEquals(digest, oras("resolve", image("orascli/restored:v1")));
    assertEquals(Set.of(attached), referrers("orascli/restored:v1"));
  }

  @Test
  @Cells({"oras tag", "oras repo tags", "oras repo ls"})
  void listsTheTagsThatItGave() throws Exception {
    String digest = push("orascli/tags:v1", "tagged");

    oras("tag", image("orascli/tags:v1"), "v3", "v2");

    List<String> tags = oras("repo", "tags", image("orascli/tags")).lines().toList();
    assertEquals(List.of("v1", "v2", "v3"), tags);
    assertEquals(digest, oras("resolve", image("orascli/tags:v3")));
    List<String> repositories = oras("repo", "ls", setup.registry().address()).lines().toList();
    assertTrue(repositories.contains("orascli/tags"), repositories::toString);
  }

  @Test
  @Cells({"oras manifest fetch", "oras manifest fetch-config", "oras manifest push"})
  void pushesAManifestThatItFetched() throws Exception {
    String digest = push("orascli/manifest:v1", "content");
    Path manifest = setup.scratch("oras").resolve("manifest.json");

    oras("manifest", "fetch", "-o", manifest.toString(), image("orascli/manifest:v1"));
    assertEquals(digest, Sha256.of(manifest));
    assertEquals("{}", oras("manifest", "fetch-config", image("orascli/manifest:v1")));
    oras(
        "manifest",
        "push",
        "--media-type=" + MANIFEST,
        image("orascli/manifest:v2,v3"),
        manifest.toString());

    assertEquals(digest, oras("resolve", image("orascli/manifest:v2")));
    assertEquals(digest, oras("resolve", image("orascli/manifest:v3")));
  }

  @Test
  @Cells({"oras manifest index create", "oras manifest index update --remove"})
  void makesAndChangesAnIndex() throws Exception {
    String first = push("orascli/index:first", "first");
    String second = push("orascli/index:second", "second");

    oras("manifest", "index", "create", image("orascli/index:all"), "first", "second");
    assertEquals(List.of(first, second), children("orascli/index:all"));
    oras("manifest", "index", "update", "--remove=" + first, image("orascli/index:all"));

    assertEquals(List.of(second), children("orascli/index:all"));
  }

  @Test
  @Cells("oras manifest delete")
  void aDeletedManifestIsGone() throws Exception {
    String digest = push("orascli/delete:v1", "gone");

    oras("manifest", "delete", "-f", image("orascli/delete@" + digest));

    Shell.Outcome gone = attempt("manifest", "fetch", image("orascli/delete:v1"));
    assertTrue(gone.exitCode() != 0 && gone.stderr().contains("not found"), gone::toString);
  }

  @Test
  @Cells({"oras blob push", "oras blob fetch", "oras blob fetch --descriptor", "oras blob delete"})
  void aBlobCanBeFetchedUntilItIsDeleted() throws Exception {
    Path file = file("blob " + System.nanoTime());
    String blob = image("orascli/blobs@" + Sha256.of(file));
    Path fetched = setup.scratch("oras").resolve("fetched");

    oras("blob", "push", blob, file.toString());
    oras("blob", "fetch", "-o", fetched.toString(), blob);
    assertEquals(-1, Files.mismatch(file, fetched));
    assertTrue(oras("blob", "fetch", "--descriptor", blob).contains(Sha256.of(file)));
    oras("blob", "delete", "-f", blob);

    Shell.Outcome gone = attempt("blob", "fetch", "--descriptor", blob);
    assertTrue(gone.exitCode() != 0 && gone.stderr().contains("not found"), gone::toString);
  }

  private String push(String image, String content) throws Exception {
    return withFile("push", content, "--artifact-type=" + THING, image(image));
  }

  private String attach(String image, String type, String content) throws Exception {
    return withFile("attach", content, "--artifact-type=" + type, image(image));
  }

  /** Runs a command with a file as its last argument; returns the digest of what it made. */
  private String withFile(String command, String content, String... arguments) throws Exception {
    // Named without its directory, which would become a part of the file's name in the artifact.
    Path directory = setup.scratch("oras");
    Files.writeString(directory.resolve("file"), content);
    return setup
        .shell()
        .in(directory)
        .run(
            ORAS,
            Stream.of(
                    Stream.of(command),
                    Stream.of(arguments),
                    Stream.of("--plain-http", "--format=go-template", "--template={{.digest}}"),
                    Stream.of("file:text/plain"))
                .flatMap(words -> words)
                .toArray(String[]::new));
  }

  private Set<String> referrers(String image, String... options) throws Exception {
    String found =
        oras(
            Stream.concat(Stream.of("discover", "--format=json", image(image)), Stream.of(options))
                .toArray(String[]::new));
    return new TreeSet<>(JsonText.digests(found, "referrers"));
  }

  private List<String> children(String index) throws Exception {
    return JsonText.digests(oras("manifest", "fetch", image(index)), "manifests");
  }

  private Path file(String content) throws Exception {
    return Files.writeString(setup.scratch("oras").resolve("file"), content);
  }

  private String image(String name) {
    return setup.registry().image(name);
  }

  private String oras(String... arguments) throws Exception {
    return run(
        Stream.concat(Stream.of(arguments), Stream.of("--plain-http")).toArray(String[]::new));
  }

  private String run(String... arguments) throws Exception {
    return setup.shell().run(ORAS, arguments);
  }

  private Shell.Outcome attempt(String... arguments) throws Exception {
    return setup
        .shell()
        .attempt(
            Stream.of(Stream.of(ORAS.path()), Stream.of(arguments), Stream.of("--plain-http"))
                .flatMap(words -> words)
                .toArray(String[]::new));
  }
}
