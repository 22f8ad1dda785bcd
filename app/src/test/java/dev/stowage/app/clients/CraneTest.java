package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.CRANE;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What crane copies keeps its bytes, and what it makes in the registry is whole. */
@ClientTest({CRANE, SKOPEO})
class CraneTest {
  private final ClientSetup setup;
  private final Skopeo skopeo;

  CraneTest(ClientSetup setup) {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
  }

  @Test
  @Cells({"crane pull --format=oci", "crane push", "crane digest", "crane validate"})
  void pushesBackAnIndexThatItPulled() throws Exception {
    String digest = pushIndex("crane/index:v1");
    OciLayout pulled = new OciLayout(setup.scratch("crane").resolve("pulled"));

    crane("pull", "--format=oci", image("crane/index:v1"), pulled.directory().toString());
    assertEquals(setup.images().multiPlatform().contents(digest), pulled.contents(digest));
    crane("push", pulled.directory().toString(), image("crane/back:v1"));

    assertEquals(digest, crane("digest", image("crane/back:v1")));
    crane("validate", "--remote=" + image("crane/back:v1"));
  }

  @Test
  @Cells({"crane copy", "crane manifest", "crane config --platform=linux/arm64", "crane blob"})
  void copiesAnIndexAndReadsItsParts() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = pushIndex("crane/from:v1");
    String arm64 = source.digest("arm64");

    crane("copy", image("crane/from:v1"), image("crane/deep/er/to:v2"));

    assertEquals(
        Files.readString(source.blob(digest)), crane("manifest", image("crane/deep/er/to:v2")));
    assertEquals(
        Files.readString(source.blob(source.config(arm64))),
        crane("config", "--platform=linux/arm64", image("crane/deep/er/to:v2")));
    assertEquals(
        Files.readString(source.blob(source.config(arm64))),
        crane("blob", image("crane/deep/er/to@" + source.config(arm64))));
  }

  @Test
  @Cells({"crane tag", "crane ls", "crane catalog"})
  void listsTheTagsThatItGave() throws Exception {
    String digest = pushIndex("crane/tags:v1");

    crane("tag", image("crane/tags:v1"), "v2");

    assertEquals(List.of("v1", "v2"), crane("ls", image("crane/tags")).lines().toList());
    assertEquals(digest, crane("digest", image("crane/tags:v2")));
    List<String> repositories = crane("catalog", setup.registry().address()).lines().toList();
    assertTrue(repositories.contains("crane/tags"), repositories::toString);
  }

  @Test
  @Cells({"crane append", "crane mutate", "crane flatten", "crane rebase", "crane export"})
  void makesImagesFromImagesOfTheRegistry() throws Exception {
    crane("append", "--oci-empty-base", "-f", layer("one"), "-t", image("crane/made:base"));
    crane(
        "append", "-b", image("crane/made:base"), "-f", layer("two"), "-t", image("crane/made:v1"));
    crane("mutate", image("crane/made:base"), "--label=a=b", "-t", image("crane/made:labelled"));

    crane(
        "rebase",
        image("crane/made:v1"),
        "--old_base=" + image("crane/made:base"),
        "--new_base=" + image("crane/made:labelled"),
        "-t",
        image("crane/made:rebased"));
    crane("flatten", image("crane/made:rebased"), "-t", image("crane/made:flat"));

    OciLayout flat = skopeo.pull("crane/made:flat");
    assertEquals(1, flat.layers(flat.digest(Skopeo.COPY)).size());
    Path archive = setup.scratch("crane").resolve("export.tar");
    crane("export", image("crane/made:flat"), archive.toString());
    Set<String> files =
        Set.copyOf(setup.shell().run("tar", "-tf", archive.toString()).lines().toList());
    assertEquals(Set.of("one", "two"), files);
  }

  @Test
  @Cells({"crane index append", "crane index filter", "crane index list"})
  void makesAndFiltersAnIndex() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String arm64 = source.digest("arm64");
    skopeo.push(source, "amd64", "crane/list:amd64");
    skopeo.push(source, "arm64", "crane/list:arm64");

    crane(
        "index",
        "append",
        "-m",
        image("crane/list:amd64"),
        "-m",
        image("crane/list:arm64"),
        "-t",
        image("crane/list:both"));
    String both = crane("index", "list", image("crane/list:both"));
    assertTrue(both.contains(source.digest("amd64")) && both.contains(arm64), both);
    crane(
        "index",
        "filter",
        image("crane/list:both"),
        "--platform=linux/arm64",
        "-t",
        image("crane/list:one"));

    assertEquals(
        List.of(arm64), JsonText.digests(crane("manifest", image("crane/list:one")), "manifests"));
  }

  @Test
  @Cells("crane delete")
  void aDeletedImageIsGone() throws Exception {
    String digest = pushIndex("crane/delete:v1");
    skopeo.push(setup.images().multiPlatform(), "amd64", "crane/delete:kept");

    crane("delete", image("crane/delete@" + digest));

    assertEquals("kept", crane("ls", image("crane/delete")));
    Shell.Outcome gone =
        setup.shell().attempt(CRANE.path(), "digest", image("crane/delete@" + digest));
    assertTrue(gone.exitCode() != 0 && gone.stderr().contains("404"), gone::toString);
  }

  private String pushIndex(String image) throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, image, "--all");
    return source.digest(INDEX);
  }

  /** An archive of one file, which has its name as content. */
  private String layer(String name) throws Exception {
    Path file = setup.scratch("crane").resolve("layer.tar");
    try (OutputStream out = Files.newOutputStream(file)) {
      TarWriter tar = new TarWriter(out);
      tar.file(name, name.getBytes(UTF_8));
      tar.end();
    }
    return file.toString();
  }

  private String image(String name) {
    return setup.registry().image(name);
  }

  private String crane(String... arguments) throws Exception {
    return setup.shell().run(CRANE, arguments);
  }
}
