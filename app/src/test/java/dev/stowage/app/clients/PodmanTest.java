package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.PODMAN;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.IMAGE;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What podman pulls is what another client pushed, and the other way round. */
@ClientTest({PODMAN, SKOPEO})
class PodmanTest {
  private static final String PLAIN = "--tls-verify=false";

  private final ClientSetup setup;
  private final Skopeo skopeo;

  PodmanTest(ClientSetup setup) {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
  }

  @AfterEach
  void emptyStorage() throws Exception {
    podman("rmi", "-af");
  }

  @Test
  @Cells("podman pull")
  void pullsALargeImageOfAnotherClientAlsoAfterARestart() throws Exception {
    OciLayout source = setup.images().large();
    String digest = source.digest(IMAGE);
    skopeo.push(source, IMAGE, "podman/large:v1");

    for (int pull = 0; pull < 2; pull++) {
      String id = podman("pull", "-q", PLAIN, setup.registry().image("podman/large:v1"));
      String seen =
          podman(
              "image",
              "inspect",
              "--format={{.Digest}} sha256:{{.Id}} {{range .RootFS.Layers}}{{.}} {{end}}",
              id);
      assertEquals(
          digest + " " + source.config(digest) + " " + String.join(" ", source.diffIds(digest)),
          seen);
      emptyStorage();
      setup.registry().restart();
    }
  }

  @Test
  @Cells("podman push --digestfile")
  void pushesAnImageThatAnotherClientPulls() throws Exception {
    OciLayout source = fresh();
    String id = podman("pull", "-q", "oci:" + source.directory() + ":" + IMAGE);
    String image = setup.registry().image("podman/pushed:v1");
    podman("tag", id, image);
    Path digest = setup.scratch("podman").resolve("digest");

    podman("push", PLAIN, "--digestfile", digest.toString(), image);

    OciLayout copy = skopeo.pull("podman/pushed:v1");
    String pushed = copy.digest(COPY);
    assertEquals(Files.readString(digest), pushed);
    assertEquals(source.config(source.digest(IMAGE)), copy.config(pushed));
    assertEquals(copy.diffIds(pushed), copy.unpackedLayers(pushed));
    assertEquals(4, copy.contents(pushed).size());
  }

  @Test
  @Cells("podman push --format=v2s2")
  void pushesInDockerFormat() throws Exception {
    OciLayout source = fresh();
    String id = podman("pull", "-q", "oci:" + source.directory() + ":" + IMAGE);
    String image = setup.registry().image("podman/v2s2:v1");

    podman("push", PLAIN, "--format=v2s2", id, image);

    String raw = skopeo.run("inspect", "--raw", PLAIN, skopeo.remote("podman/v2s2:v1"));
    assertTrue(raw.contains("application/vnd.docker.distribution.manifest.v2+json"), raw);
    podman("rmi", "-af");
    assertEquals(id, podman("pull", "-q", PLAIN, image).replace("sha256:", ""));
  }

  @Test
  @Cells({"podman manifest add", "podman manifest push"})
  void pushesAnIndexThatItHasPulled() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "podman/multi:v1", "--all");
    podman("manifest", "create", "platforms");
    podman("manifest", "add", PLAIN, "--all", "platforms", skopeo.remote("podman/multi:v1"));

    podman("manifest", "push", PLAIN, "--all", "platforms", skopeo.remote("podman/copy:v1"));

    OciLayout copy = skopeo.pull("podman/copy:v1", "--all");
    String index = copy.digest(COPY);
    assertEquals(
        Set.copyOf(source.children(source.digest(INDEX))), Set.copyOf(copy.children(index)));
    assertEquals(source.contents(source.digest(INDEX)).size(), copy.contents(index).size());
  }

  @Test
  @Cells({"podman build --cache-to", "podman build --cache-from"})
  void keepsItsBuildCacheInTheRegistry() throws Exception {
    Path context = setup.scratch("context");
    Files.writeString(context.resolve("one"), "one " + System.nanoTime());
    Files.writeString(context.resolve("two"), "two " + System.nanoTime());
    Files.writeString(
        context.resolve("Containerfile"), "FROM scratch\nCOPY one /one\nCOPY two /two\n");

    assertFalse(build(context).contains("Cache pulled from remote"));
    emptyStorage();

    String second = build(context);
    assertTrue(second.contains("Cache pulled from remote"), second);
  }

  @Test
  @Cells({"podman pull --platform", "podman manifest inspect"})
  void pullsAnotherPlatformOfAnIndex() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "podman/platforms:v1", "--all");
    String image = setup.registry().image("podman/platforms:v1");

    String id = podman("pull", "-q", PLAIN, "--platform=linux/arm64", image);

    assertEquals(source.config(source.digest("arm64")), "sha256:" + id);
    emptyStorage();
    assertEquals(
        source.children(source.digest(INDEX)),
        JsonText.digests(podman("manifest", "inspect", image), "manifests"));
  }

  @Test
  @Cells({"podman search", "podman search --list-tags"})
  void findsRepositoriesAndTheirTags() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, "amd64", "podman/search:one");
    skopeo.push(source, "amd64", "podman/search:two");

    String repositories =
        podman("search", PLAIN, "--format={{.Name}}", setup.registry().address() + "/search");
    assertTrue(
        repositories.lines().anyMatch(setup.registry().image("podman/search")::equals),
        repositories);

    String tags = podman("search", PLAIN, "--list-tags", setup.registry().image("podman/search"));
    List<String> rows = tags.lines().skip(1).map(row -> row.replaceAll("\\s+", ":")).toList();
    assertEquals(
        List.of(
            setup.registry().image("podman/search:one"),
            setup.registry().image("podman/search:two")),
        rows);
  }

  private String build(Path context) throws Exception {
    String cache = setup.registry().image("podman/cache");
    Shell.Outcome outcome =
        setup
            .shell()
            .attempt(
                PODMAN.path(),
                "build",
                "--layers",
                PLAIN,
                "--cache-to=" + cache,
                "--cache-from=" + cache,
                "--tag=cached:v1",
                context.toString());
    assertEquals(0, outcome.exitCode(), outcome::toString);
    return outcome.stdout() + outcome.stderr();
  }

  private OciLayout fresh() throws Exception {
    return setup.images().fresh(setup.scratch("podman").resolve("layout"), 3, System.nanoTime());
  }

  private String podman(String... arguments) throws Exception {
    return setup.shell().run(PODMAN, arguments);
  }
}
