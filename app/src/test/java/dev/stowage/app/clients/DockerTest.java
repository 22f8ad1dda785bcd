package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.DOCKER;
import static dev.stowage.app.clients.ClientProgram.DOCKERD;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.IMAGE;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
