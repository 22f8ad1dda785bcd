package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.BUILDAH;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
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

/** Images that buildah makes, and the build cache that it keeps in the registry. */
@ClientTest({BUILDAH, SKOPEO})
class BuildahTest {
  private static final String PLAIN = "--tls-verify=false";
  private static final String FROM_CACHE = "Cache pulled from remote";

  private final ClientSetup setup;
  private final Skopeo skopeo;

  BuildahTest(ClientSetup setup) {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
  }

  @AfterEach
  void emptyStorage() throws Exception {
    buildah("rm", "-a");
    buildah("rmi", "-a", "-f");
  }

  @Test
  @Cells({"buildah push", "buildah pull"})
  void pushesWhatItBuiltAndPullsItBack() throws Exception {
    Path file = Files.writeString(setup.scratch("buildah").resolve("hello"), "hello " + this);
    String container = buildah("from", "scratch");
    buildah("copy", container, file.toString(), "/hello");
    buildah("config", "--label", "a=b", container);
    String id = buildah("commit", "-q", container, "built:v1");

    buildah("push", PLAIN, "built:v1", skopeo.remote("buildah/built:v1"));

    OciLayout copy = skopeo.pull("buildah/built:v1");
    String digest = copy.digest(COPY);
    assertEquals(copy.diffIds(digest), copy.unpackedLayers(digest));
    assertEquals(3, copy.contents(digest).size());
    emptyStorage();
    assertEquals(id, buildah("pull", "-q", PLAIN, skopeo.remote("buildah/built:v1")));
  }

  @Test
  @Cells({"buildah build --cache-to", "buildah build --cache-from"})
  void keepsItsBuildCacheInTheRegistry() throws Exception {
    Path context = setup.scratch("context");
    Files.writeString(context.resolve("one"), "one " + System.nanoTime());
    Files.writeString(context.resolve("two"), "two " + System.nanoTime());
    Files.writeString(
        context.resolve("Containerfile"), "FROM scratch\nCOPY one /one\nCOPY two /two\n");

    assertFalse(build(context).contains(FROM_CACHE));
    emptyStorage();

    String second = build(context);
    assertTrue(second.contains(FROM_CACHE), second);
  }

  @Test
  @Cells({"buildah manifest add", "buildah manifest push"})
  void pushesAnIndexThatItHasPulled() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "buildah/multi:v1", "--all");
    buildah("manifest", "create", "platforms");
    buildah("manifest", "add", PLAIN, "--all", "platforms", skopeo.remote("buildah/multi:v1"));

    buildah("manifest", "push", PLAIN, "--all", "platforms", skopeo.remote("buildah/copy:v1"));

    OciLayout copy = skopeo.pull("buildah/copy:v1", "--all");
    assertEquals(
        Set.copyOf(source.children(source.digest(INDEX))),
        Set.copyOf(copy.children(copy.digest(COPY))));
    buildah("manifest", "rm", "platforms");
  }

  @Test
  @Cells({"buildah from docker:", "buildah push --format=v2s2"})
  void buildsOnAnImageOfTheRegistry() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, "amd64", "buildah/base:v1");
    Path file = Files.writeString(setup.scratch("buildah").resolve("more"), "more " + this);

    String container = buildah("from", PLAIN, skopeo.remote("buildah/base:v1"));
    buildah("copy", container, file.toString(), "/more");
    buildah("commit", "-q", container, "derived:v1");
    buildah("push", PLAIN, "--format=v2s2", "derived:v1", skopeo.remote("buildah/derived:v1"));

    String raw = skopeo.run("inspect", "--raw", PLAIN, skopeo.remote("buildah/derived:v1"));
    assertTrue(raw.contains("application/vnd.docker.distribution.manifest.v2+json"), raw);
    OciLayout copy = skopeo.pull("buildah/derived:v1");
    List<String> layers = copy.unpackedLayers(copy.digest(COPY));
    assertEquals(3, layers.size());
    assertEquals(source.diffIds(source.digest("amd64")), layers.subList(0, 2));
  }

  private String build(Path context) throws Exception {
    String cache = setup.registry().image("buildah/cache");
    Shell.Outcome outcome =
        setup
            .shell()
            .attempt(
                BUILDAH.path(),
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

  private String buildah(String... arguments) throws Exception {
    return setup.shell().run(BUILDAH, arguments);
  }
}
