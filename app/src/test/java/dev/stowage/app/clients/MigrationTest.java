package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.DOCKER_REGISTRY;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the commands take out of a running server and into it, other programs read and write. */
@ClientTest({SKOPEO, DOCKER_REGISTRY})
class MigrationTest {
  private final ClientSetup setup;
  private final Skopeo skopeo;

  MigrationTest(ClientSetup setup) {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
  }

  private String stowage(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(
        Path.of(System.getProperty("stowage.launcher", "target/stowage/bin/stowage"))
            .toAbsolutePath()
            .toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--data", setup.registry().data().toString()));
    return setup.shell().run(command.toArray(String[]::new));
  }

  @Test
  void skopeoReadsAnExport() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest(INDEX);
    skopeo.push(source, INDEX, "migration/out:v1", "--all");
    Path exports = setup.scratch("exports");
    stowage("export", "migration/out", exports.resolve("all").toString());
    stowage("export", "migration/out:v1", exports.resolve("one.tar").toString());
    stowage("export", "migration/out@" + digest, exports.resolve("digest.tar").toString());

    OciLayout back = new OciLayout(setup.scratch("back"));
    skopeo.run(
        "copy", "--all", "oci:" + exports.resolve("all") + ":v1", "oci:" + back.directory() + ":a");
    skopeo.run(
        "copy",
        "--all",
        "oci-archive:" + exports.resolve("one.tar") + ":v1",
        "oci:" + back.directory() + ":b");
    skopeo.run(
        "copy",
        "--all",
        "oci-archive:" + exports.resolve("digest.tar"),
        "oci:" + back.directory() + ":c");
    for (String name : List.of("a", "b", "c")) {
      assertEquals(digest, back.digest(name));
      assertEquals(source.contents(digest), back.contents(digest));
    }
  }

  @Test
  void whatSkopeoWroteIsImported() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest(INDEX);
    Path layouts = setup.scratch("layouts");
    String from = "oci:" + source.directory() + ":" + INDEX;
    skopeo.run("copy", "--all", from, "oci:" + layouts.resolve("layout") + ":v1");
    skopeo.run("copy", "--all", from, "oci-archive:" + layouts.resolve("archive") + ":v2");
    stowage("import", layouts.resolve("layout").toString(), "migration/in");
    stowage("import", layouts.resolve("archive").toString(), "migration/in");
    stowage("import", layouts.resolve("archive").toString(), "migration/in:v3");
    for (String tag : List.of("v1", "v2", "v3")) {
      OciLayout pulled = skopeo.pull("migration/in:" + tag, "--all");
      assertEquals(digest, pulled.digest(COPY));
      assertEquals(source.contents(digest), pulled.contents(digest));
    }
  }

  @Test
  void aStoreOfTheDistributionRegistryIsTakenOver() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    Path data;
    try (DockerRegistryProcess other = DockerRegistryProcess.start(setup.scratch("other"))) {
      data = other.data();
      for (String format : List.of("oci", "v2s2")) {
        skopeo.run(
            "copy",
            "--all",
            "--format=" + format,
            "--dest-tls-verify=false",
            "oci:" + source.directory() + ":" + INDEX,
            "docker://" + other.image("migration/of/" + format + ":v1"));
      }
    }
    String first = stowage("import", "--from-distribution", data.toString());
    String second = stowage("import", "--from-distribution", data.toString());
    assertEquals(first.replaceAll("[0-9,]+ bytes", "0 bytes"), second, "and it may be done again");

    OciLayout pulled = skopeo.pull("migration/of/oci:v1", "--all");
    assertEquals(source.digest(INDEX), pulled.digest(COPY));
    assertEquals(source.contents(source.digest(INDEX)), pulled.contents(source.digest(INDEX)));
    OciLayout docker = skopeo.pull("migration/of/v2s2:v1", "--all");
    assertEquals(2, docker.children(docker.digest(COPY)).size());
    stowage("verify");
  }
}
