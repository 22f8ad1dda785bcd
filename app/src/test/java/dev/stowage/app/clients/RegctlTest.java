package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.REGCTL;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Images, artifacts and single blobs with regctl, digests of another algorithm among them. */
@ClientTest(REGCTL)
class RegctlTest {
  private static final String SBOM = "application/vnd.test.sbom";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  private final ClientSetup setup;

  RegctlTest(ClientSetup setup) {
    this.setup = setup;
  }

  @BeforeAll
  void allowPlainHttp() throws Exception {
    regctl("registry", "set", "--tls=disabled", setup.registry().address());
  }

  @Test
  @Cells({"regctl image copy ocidir:", "regctl image copy 127.", "regctl image digest"})
  void copiesAnIndexInAndOn() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    push("regctl/in:v1", ImageFixtures.INDEX);

    regctl("image", "copy", image("regctl/in:v1"), image("regctl/deep/er/on:v2"));

    assertEquals(
        source.digest(ImageFixtures.INDEX),
        regctl("image", "digest", image("regctl/deep/er/on:v2")));
    for (String child : source.children(source.digest(ImageFixtures.INDEX))) {
      assertEquals(child, regctl("image", "digest", image("regctl/deep/er/on@" + child)));
    }
  }

  @Test
  @Cells({"regctl image inspect", "regctl manifest get", "regctl manifest head"})
  void readsAnImage() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest("amd64");
    push("regctl/read:v1", "amd64");

    assertEquals(
        Files.readString(source.blob(digest)),
        regctl("manifest", "get", "--format=raw-body", image("regctl/read:v1")));
    assertEquals(digest, regctl("manifest", "head", image("regctl/read:v1")));
    String seen = regctl("image", "inspect", "--format={{.Architecture}}", image("regctl/read:v1"));
    assertEquals("amd64", seen);
  }

  @Test
  @Cells({"regctl manifest put", "regctl manifest delete"})
  void aManifestIsThereUntilItIsDeleted() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest("amd64");
    push("regctl/manifest:v1", "amd64");

    setup
        .shell()
        .reading(source.blob(digest))
        .run(REGCTL, "manifest", "put", "--content-type=" + MANIFEST, image("regctl/manifest:v2"));
    assertEquals(digest, regctl("manifest", "head", image("regctl/manifest:v2")));
    regctl("manifest", "delete", image("regctl/manifest@" + digest));

    assertGone("manifest", "head", image("regctl/manifest:v1"));
    assertEquals("", regctl("tag", "ls", image("regctl/manifest")));
  }

  @Test
  @Cells({"regctl tag ls", "regctl tag delete", "regctl repo ls"})
  void aDeletedTagLeavesItsImage() throws Exception {
    push("regctl/tags:v1", "amd64");
    push("regctl/tags:v2", "amd64");
    assertEquals(List.of("v1", "v2"), regctl("tag", "ls", image("regctl/tags")).lines().toList());

    regctl("tag", "delete", image("regctl/tags:v1"));

    assertEquals("v2", regctl("tag", "ls", image("regctl/tags")));
    assertEquals(
        setup.images().multiPlatform().digest("amd64"),
        regctl("image", "digest", image("regctl/tags:v2")));
    List<String> repositories = regctl("repo", "ls", setup.registry().address()).lines().toList();
    assertTrue(repositories.contains("regctl/tags"), repositories::toString);
  }

  @Test
  @Cells({
    "regctl artifact put --subject",
    "regctl artifact get --subject",
    "regctl artifact list",
    "regctl artifact tree",
    "regctl image copy --referrers"
  })
  void copiesAnImageWithWhatRefersToIt() throws Exception {
    push("regctl/subject:v1", "amd64");
    String file = file("sbom").toString();
    regctl(
        "artifact",
        "put",
        "--artifact-type=" + SBOM,
        "--file=" + file,
        "--file-media-type=text/plain",
        "--subject=" + image("regctl/subject:v1"));
    String attached = referrers("regctl/subject:v1");
    assertTrue(attached.startsWith("sha256:"), attached);

    regctl("image", "copy", "--referrers", image("regctl/subject:v1"), image("regctl/moved:v1"));

    assertEquals(attached, referrers("regctl/moved:v1"));
    assertTrue(regctl("artifact", "tree", image("regctl/moved:v1")).contains(attached));
    assertEquals(
        "sbom",
        regctl(
            "artifact",
            "get",
            "--filter-artifact-type=" + SBOM,
            "--subject=" + image("regctl/moved:v1")));
  }

  @Test
  @Cells({
    "regctl blob put",
    "regctl blob get",
    "regctl blob head",
    "regctl blob copy",
    "regctl blob delete"
  })
  void aBlobCanBeReadAndCopiedUntilItIsDeleted() throws Exception {
    Path file = file("blob " + System.nanoTime());
    String digest = Sha256.of(file);

    assertEquals(
        digest, setup.shell().reading(file).run(REGCTL, "blob", "put", image("regctl/blobs")));
    regctl("blob", "copy", image("regctl/blobs"), image("regctl/blobs2"), digest);
    assertEquals(Files.readString(file), regctl("blob", "get", image("regctl/blobs2"), digest));
    assertTrue(regctl("blob", "head", image("regctl/blobs2"), digest).contains(digest));
    regctl("blob", "delete", image("regctl/blobs2"), digest);

    assertGone("blob", "head", image("regctl/blobs2"), digest);
    assertEquals(Files.readString(file), regctl("blob", "get", image("regctl/blobs"), digest));
  }

  @Test
  @Cells({"regctl image export", "regctl image import"})
  void importsWhatItExported() throws Exception {
    push("regctl/out:v1", "arm64");
    String archive = setup.scratch("regctl").resolve("image.tar").toString();

    regctl("image", "export", image("regctl/out:v1"), archive);
    regctl("image", "import", image("regctl/back:v1"), archive);

    assertEquals(
        setup.images().multiPlatform().digest("arm64"),
        regctl("image", "digest", image("regctl/back:v1")));
  }

  @Test
  @Cells({"regctl index create", "regctl repo copy"})
  void copiesARepositoryWithAnIndexThatItMade() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    push("regctl/all:amd64", "amd64");
    push("regctl/all:arm64", "arm64");

    regctl(
        "index",
        "create",
        "--ref=" + image("regctl/all:amd64"),
        "--ref=" + image("regctl/all:arm64"),
        image("regctl/all:both"));
    regctl("repo", "copy", image("regctl/all"), image("regctl/all2"));

    assertEquals(
        List.of("amd64", "arm64", "both"),
        regctl("tag", "ls", image("regctl/all2")).lines().toList());
    String index = regctl("manifest", "get", "--format=raw-body", image("regctl/all2:both"));
    assertEquals(
        Set.of(source.digest("amd64"), source.digest("arm64")),
        Set.copyOf(JsonText.digests(index, "manifests")));
  }

  @Test
  @Cells({"regctl image mod --digest-algo=sha512", "regctl image mod --layer-compress=zstd"})
  void changesTheDigestsAndTheCompressionOfAnImage() throws Exception {
    push("regctl/mod:v1", "amd64");

    regctl(
        "image",
        "mod",
        "--digest-algo=sha512",
        "--create=" + image("regctl/mod:sha512"),
        image("regctl/mod:v1"));
    regctl(
        "image",
        "mod",
        "--layer-compress=zstd",
        "--create=" + image("regctl/mod:zstd"),
        image("regctl/mod:v1"));

    String digest = regctl("image", "digest", image("regctl/mod:sha512"));
    assertTrue(digest.startsWith("sha512:"), digest);
    String sha512 = regctl("manifest", "get", "--format=raw-body", image("regctl/mod@" + digest));
    for (String layer : JsonText.digests(sha512, "layers")) {
      assertTrue(layer.startsWith("sha512:"), sha512);
      assertTrue(regctl("blob", "head", image("regctl/mod"), layer).contains(layer));
    }
    String zstd = regctl("manifest", "get", "--format=raw-body", image("regctl/mod:zstd"));
    assertTrue(zstd.contains("application/vnd.oci.image.layer.v1.tar+zstd"), zstd);
  }

  private void push(String image, String name) throws Exception {
    String layout = "ocidir://" + setup.images().multiPlatform().directory();
    regctl("image", "copy", layout + ":" + name, image(image));
  }

  private String referrers(String image) throws Exception {
    return regctl(
        "artifact",
        "list",
        "--filter-artifact-type=" + SBOM,
        "--format={{range .Descriptors}}{{println .Digest}}{{end}}",
        image(image));
  }

  private void assertGone(String... arguments) throws Exception {
    String[] command = new String[arguments.length + 1];
    command[0] = REGCTL.path();
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    Shell.Outcome gone = setup.shell().attempt(command);
    assertTrue(gone.exitCode() != 0 && gone.stderr().contains("http 404"), gone::toString);
  }

  private Path file(String content) throws Exception {
    return Files.write(setup.scratch("regctl").resolve("file"), content.getBytes(UTF_8));
  }

  private String image(String name) {
    return setup.registry().image(name);
  }

  private String regctl(String... arguments) throws Exception {
    return setup.shell().run(REGCTL, arguments);
  }
}
