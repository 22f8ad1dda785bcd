package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.DOCKER;
import static dev.stowage.app.clients.ClientProgram.DOCKERD;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.IMAGE;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What docker pulls is what another client pushed, and the other way round. */
@ClientTest({DOCKER, DOCKERD, SKOPEO})
class DockerTest {
  private static final String CONTENT = "{{.Id}} {{range .RootFS.Layers}}{{.}} {{end}}";

  private final ClientSetup setup;
  private final Skopeo skopeo;
  private final DockerDaemon docker;

  DockerTest(ClientSetup setup) throws Exception {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
    this.docker = DockerDaemon.start(setup);
  }

  @AfterAll
  void stopDocker() {
    docker.close();
  }

  @Test
  @Cells("docker pull")
  void pullsALargeImageOfAnotherClientAfterARestart() throws Exception {
    OciLayout source = setup.images().large();
    String digest = source.digest(IMAGE);
    skopeo.push(source, IMAGE, "docker/large:v1");
    setup.registry().restart();
    String image = setup.registry().image("docker/large:v1");

    docker.run("pull", "-q", image);

    assertEquals(
        source.config(digest) + " " + String.join(" ", source.diffIds(digest)), content(image));
    assertEquals(
        setup.registry().image("docker/large@" + digest),
        docker.run("image", "inspect", "--format={{index .RepoDigests 0}}", image));
  }

  @Test
  @Cells("docker pull --platform")
  void pullsItsOwnPlatformFromAnIndex() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "docker/multi:v1", "--all");
    String image = setup.registry().image("docker/multi:v1");

    docker.run("pull", "-q", "--platform=linux/arm64", image);

    assertEquals(
        source.config(source.digest("arm64")),
        docker.run("image", "inspect", "--format={{.Id}}", image));
  }

  @Test
  @Cells("docker push -a")
  void pushesAllTagsOfAnImageThatAnotherClientPulls() throws Exception {
    String first = setup.registry().image("docker/pushed:v1");
    String second = setup.registry().image("docker/pushed:v2");
    docker.run("import", "--change=CMD [\"/bin/sh\"]", archive("pushed").toString(), first);
    docker.run("tag", first, second);
    String pushed = content(first);

    docker.run("push", "-a", setup.registry().image("docker/pushed"));

    OciLayout copy = skopeo.pull("docker/pushed:v2");
    String digest = copy.digest(COPY);
    assertEquals(copy.diffIds(digest), copy.unpackedLayers(digest));
    docker.run("rmi", first, second);
    docker.run("pull", "-q", second);
    assertEquals(pushed, content(second));
    assertEquals(skopeo.digest("docker/pushed:v1"), skopeo.digest("docker/pushed:v2"));
  }

  @Test
  @Cells({
    "docker push",
    "docker manifest create",
    "docker manifest push",
    "docker manifest inspect"
  })
  void pushesAManifestList() throws Exception {
    String amd64 = setup.registry().image("docker/listed:amd64");
    String arm64 = setup.registry().image("docker/listed:arm64");
    for (String image : List.of(amd64, arm64)) {
      docker.run("import", archive(image).toString(), image);
      docker.run("push", "-q", image);
    }
    String list = setup.registry().image("docker/listed:all");
    docker.run("manifest", "create", "--insecure", list, amd64, arm64);
    docker.run("manifest", "annotate", "--os=linux", "--arch=arm64", list, arm64);

    String digest = docker.run("manifest", "push", "--insecure", "--purge", list);

    assertEquals(digest, skopeo.digest("docker/listed:all"));
    OciLayout copy = skopeo.pull("docker/listed:all", "--all");
    assertEquals(2, copy.children(copy.digest(COPY)).size());
    String raw =
        skopeo.run("inspect", "--raw", "--tls-verify=false", skopeo.remote("docker/listed:all"));
    assertEquals(
        JsonText.digests(raw, "manifests"),
        JsonText.digests(docker.run("manifest", "inspect", "--insecure", list), "manifests"));
  }

  @Test
  @Cells("docker build --pull")
  void buildsOnAnImageOfTheRegistry() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest("amd64");
    skopeo.push(source, "amd64", "docker/base:v1");
    String base = setup.registry().image("docker/base@" + digest);
    String built = setup.registry().image("docker/built:v1");
    Path context = setup.scratch("context");
    Files.writeString(context.resolve("more"), "more " + System.nanoTime());
    Files.writeString(context.resolve("Dockerfile"), "FROM " + base + "\nCOPY more /more\n");

    docker.run("build", "-q", "--pull", "-t", built, context.toString());
    docker.run("push", "-q", built);

    OciLayout copy = skopeo.pull("docker/built:v1");
    List<String> layers = copy.unpackedLayers(copy.digest(COPY));
    assertEquals(3, layers.size());
    assertEquals(source.diffIds(digest), layers.subList(0, 2));
  }

  @Test
  @Cells("docker build --cache-from")
  void takesItsBuildCacheFromTheRegistry() throws Exception {
    String image = setup.registry().image("docker/cached:v1");
    Path context = setup.scratch("context");
    Files.writeString(context.resolve("one"), "one " + System.nanoTime());
    Files.writeString(context.resolve("two"), "two " + System.nanoTime());
    Files.writeString(
        context.resolve("Dockerfile"), "FROM scratch\nCOPY one /one\nCOPY two /two\n");
    docker.buildKit("-t", image, "--build-arg=BUILDKIT_INLINE_CACHE=1", context.toString());
    docker.run("push", "-q", image);
    docker.run("rmi", image);
    docker.run("builder", "prune", "-af");

    String said = docker.buildKit("-t", image, "--cache-from=" + image, context.toString());

    assertTrue(said.contains("importing cache manifest from " + image), said);
    assertTrue(said.contains("CACHED"), said);
  }

  private String content(String image) throws Exception {
    return docker.run("image", "inspect", "--format=" + CONTENT, image);
  }

  /** An archive of one file that no layer was made of before. */
  private Path archive(String text) throws Exception {
    Path file = setup.scratch("docker").resolve("layer.tar");
    try (OutputStream out = Files.newOutputStream(file)) {
      TarWriter tar = new TarWriter(out);
      tar.randomFile("random", 3_000_000, System.nanoTime() + text.hashCode());
      tar.end();
    }
    return file;
  }
}
