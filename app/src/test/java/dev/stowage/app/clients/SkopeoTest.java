package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.IMAGE;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Images keep every byte on their way through the registry, whatever skopeo does with them. */
@ClientTest(SKOPEO)
class SkopeoTest {
  private final ClientSetup setup;
  private final Skopeo skopeo;

  SkopeoTest(ClientSetup setup) {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
  }

  @Test
  @Cells({"skopeo copy oci: docker:", "skopeo copy docker: oci:"})
  void aLargeImageReturnsByteForByteAlsoAfterARestart() throws Exception {
    OciLayout source = setup.images().large();
    String digest = source.digest(IMAGE);
    skopeo.push(source, IMAGE, "skopeo/large:v1");

    OciLayout before = skopeo.pull("skopeo/large:v1");
    assertEquals(digest, before.digest(COPY));
    assertEquals(source.contents(digest), before.contents(digest));

    setup.registry().restart();

    OciLayout after = skopeo.pull("skopeo/large:v1");
    assertEquals(digest, after.digest(COPY));
    assertEquals(source.contents(digest), after.contents(digest));
  }

  @Test
  @Cells({"skopeo copy --all", "skopeo inspect --raw"})
  void anIndexReturnsWithAllItsChildrenUnchanged() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest(INDEX);
    skopeo.push(source, INDEX, "skopeo/multi:v1", "--all");
    assertEquals(digest, skopeo.digest("skopeo/multi:v1"));

    OciLayout copy = skopeo.pull("skopeo/multi:v1", "--all");

    assertEquals(digest, copy.digest(COPY));
    assertEquals(source.contents(digest), copy.contents(digest));
    assertEquals(2, copy.children(digest).size());
  }

  @Test
  @Cells("skopeo copy --override-arch")
  void onePlatformOfAnIndexCanBePulled() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "skopeo/platforms:v1", "--all");

    OciLayout copy = skopeo.pull("skopeo/platforms:v1", "--override-arch", "arm64");

    assertEquals(source.digest("arm64"), copy.digest(COPY));
  }

  @Test
  @Cells("skopeo copy --multi-arch=all --preserve-digests docker: docker:")
  void anIndexIsCopiedFromRepositoryToRepository() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "skopeo/from:v1", "--all");

    skopeo.run(
        "copy",
        "--multi-arch=all",
        "--preserve-digests",
        "--src-tls-verify=false",
        "--dest-tls-verify=false",
        skopeo.remote("skopeo/from:v1"),
        skopeo.remote("skopeo/deep/er/to:v2"));

    assertEquals(source.digest(INDEX), skopeo.digest("skopeo/deep/er/to:v2"));
  }

  @Test
  @Cells("skopeo copy --all --format=v2s2")
  void dockerMediaTypesAreKept() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "skopeo/v2s2:v1", "--all", "--format=v2s2");

    String raw =
        skopeo.run("inspect", "--raw", "--tls-verify=false", skopeo.remote("skopeo/v2s2:v1"));

    assertTrue(raw.contains("application/vnd.docker.distribution.manifest.list.v2+json"), raw);
    OciLayout copy = skopeo.pull("skopeo/v2s2:v1");
    assertEquals(source.diffIds(source.digest("amd64")), copy.unpackedLayers(copy.digest(COPY)));
  }

  @Test
  @Cells({"skopeo list-tags", "skopeo inspect --format", "skopeo inspect --config"})
  void listsTagsAndInspectsAnImage() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    for (String tag : List.of("v1", "v2", "latest")) {
      skopeo.push(source, "amd64", "skopeo/tags:" + tag);
    }

    String tags = skopeo.run("list-tags", "--tls-verify=false", skopeo.remote("skopeo/tags"));
    assertEquals(List.of("latest", "v1", "v2"), JsonText.strings(tags, "Tags"));

    String inspected =
        skopeo.run(
            "inspect",
            "--tls-verify=false",
            "--format={{.Digest}} {{.Architecture}} {{range .Layers}}{{.}} {{end}}",
            skopeo.remote("skopeo/tags:v2"));
    String digest = source.digest("amd64");
    assertEquals(digest + " amd64 " + String.join(" ", source.layers(digest)), inspected);

    String config =
        skopeo.run(
            "inspect", "--config", "--raw", "--tls-verify=false", skopeo.remote("skopeo/tags:v2"));
    assertEquals(Files.readString(source.blob(source.config(digest))), config);
  }

  @Test
  @Cells("skopeo delete")
  void aDeletedImageIsGoneAndItsNeighbourStays() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, "amd64", "skopeo/delete:gone");
    skopeo.push(source, "arm64", "skopeo/delete:kept");

    skopeo.run("delete", "--tls-verify=false", skopeo.remote("skopeo/delete:gone"));

    Shell.Outcome outcome =
        skopeo.attempt("inspect", "--tls-verify=false", skopeo.remote("skopeo/delete:gone"));
    assertNotEquals(0, outcome.exitCode());
    assertTrue(outcome.stderr().contains("manifest unknown"), outcome.stderr());
    assertEquals(source.digest("arm64"), skopeo.digest("skopeo/delete:kept"));
    String tags = skopeo.run("list-tags", "--tls-verify=false", skopeo.remote("skopeo/delete"));
    assertEquals(List.of("kept"), JsonText.strings(tags, "Tags"));
  }

  @Test
  @Cells({"skopeo sync --src=docker --dest=dir", "skopeo sync --src=dir --dest=docker"})
  void aRepositoryIsSyncedOutAndBack() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "skopeo/sync:v1", "--all");
    skopeo.push(source, "arm64", "skopeo/sync:v2");
    Path out = setup.scratch("sync");

    skopeo.run(
        "sync",
        "--all",
        "--src=docker",
        "--dest=dir",
        "--src-tls-verify=false",
        setup.registry().image("skopeo/sync"),
        out.toString());
    skopeo.run(
        "sync",
        "--all",
        "--src=dir",
        "--dest=docker",
        "--dest-tls-verify=false",
        out.toString(),
        setup.registry().image("synced"));

    assertEquals(source.digest(INDEX), skopeo.digest("synced/sync:v1"));
    assertEquals(source.digest("arm64"), skopeo.digest("synced/sync:v2"));
  }

  @Test
  @Cells("skopeo sync --src=yaml --dest=docker")
  void theTagsOfAPatternAreSynced() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    for (String tag : List.of("v1", "v2", "other")) {
      skopeo.push(source, INDEX, "skopeo/yaml:" + tag, "--all");
    }
    Path list =
        Files.writeString(
            setup.scratch("sync").resolve("list.yaml"),
            """
            "%s":
              tls-verify: false
              images-by-tag-regex:
                skopeo/yaml: ^v
            """
                .formatted(setup.registry().address()));

    skopeo.run(
        "sync",
        "--all",
        "--src=yaml",
        "--dest=docker",
        "--dest-tls-verify=false",
        list.toString(),
        setup.registry().image("chosen"));

    String tags = skopeo.run("list-tags", "--tls-verify=false", skopeo.remote("chosen/yaml"));
    assertEquals(List.of("v1", "v2"), JsonText.strings(tags, "Tags"));
    assertEquals(source.digest(INDEX), skopeo.digest("chosen/yaml:v2"));
  }

  @Test
  @Cells("skopeo copy --dest-compress-format=zstd")
  void layersMayBeCompressedInAnotherWay() throws Exception {
    // skopeo remembers what a layer was compressed to, so it has to be one that it never saw.
    OciLayout source =
        setup.images().fresh(setup.scratch("zstd").resolve("layout"), 1, System.nanoTime());

    skopeo.push(source, IMAGE, "skopeo/zstd:v1", "--dest-compress-format=zstd");

    String raw =
        skopeo.run("inspect", "--raw", "--tls-verify=false", skopeo.remote("skopeo/zstd:v1"));
    assertTrue(raw.contains("application/vnd.oci.image.layer.v1.tar+zstd"), raw);
    OciLayout copy = skopeo.pull("skopeo/zstd:v1");
    String digest = copy.digest(COPY);
    assertEquals(JsonText.digests(raw, "layers"), copy.layers(digest));
    assertEquals(4, copy.contents(digest).size());
  }

  @Test
  void twoPushesOfOneImageAtOnceBothSucceedAndStoreItOnce() throws Exception {
    OciLayout source =
        setup.images().fresh(setup.scratch("twice").resolve("layout"), 64, System.nanoTime());
    String digest = source.digest(IMAGE);
    ExecutorService pushers = Executors.newFixedThreadPool(2);
    try {
      List<Callable<String>> pushes = new ArrayList<>();
      for (String tag : List.of("one", "two")) {
        pushes.add(
            () -> {
              skopeo.push(source, IMAGE, "skopeo/twice:" + tag);
              return skopeo.digest("skopeo/twice:" + tag);
            });
      }
      for (Future<String> push : pushers.invokeAll(pushes)) {
        assertEquals(digest, push.get());
      }
    } finally {
      pushers.shutdown();
    }

    // The bytes that lost a race are removed after the answer.
    for (String layer : source.layers(digest)) {
      Await.until("one copy of " + layer, () -> setup.registry().copies(layer) == 1);
    }
    assertEquals(source.contents(digest), skopeo.pull("skopeo/twice:one").contents(digest));
  }
}
