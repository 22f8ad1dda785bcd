package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.CONTAINERD;
import static dev.stowage.app.clients.ClientProgram.CTR;
import static dev.stowage.app.clients.ClientProgram.SKOPEO;
import static dev.stowage.app.clients.ImageFixtures.IMAGE;
import static dev.stowage.app.clients.ImageFixtures.INDEX;
import static dev.stowage.app.clients.Skopeo.COPY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** containerd's client moves images byte for byte in both directions. */
@ClientTest({CTR, CONTAINERD, SKOPEO})
class ContainerdTest {
  private static final String PLAIN = "--plain-http";

  private final ClientSetup setup;
  private final Skopeo skopeo;
  private final Containerd containerd;

  ContainerdTest(ClientSetup setup) throws Exception {
    this.setup = setup;
    this.skopeo = new Skopeo(setup);
    this.containerd = Containerd.start(setup);
  }

  @AfterAll
  void stopContainerd() {
    containerd.close();
  }

  @Test
  @Cells("ctr images pull")
  void pullsAndUnpacksALargeImageOfAnotherClient() throws Exception {
    OciLayout source = setup.images().large();
    skopeo.push(source, IMAGE, "ctr/large:v1");

    pull("ctr/large:v1");

    assertHolds(source.contents(source.digest(IMAGE)));
  }

  @Test
  @Cells("ctr images pull --all-platforms")
  void pullsAnIndexWithAllItsPlatformsAndPushesItElsewhere() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    String digest = source.digest(INDEX);
    skopeo.push(source, INDEX, "ctr/multi:v1", "--all");

    pull("ctr/multi:v1", "--all-platforms");
    assertHolds(source.contents(digest));
    containerd.run(
        "images",
        "push",
        PLAIN,
        setup.registry().image("ctr/copy:v1"),
        setup.registry().image("ctr/multi:v1"));

    OciLayout copy = skopeo.pull("ctr/copy:v1", "--all");
    assertEquals(digest, copy.digest(COPY));
    assertEquals(source.contents(digest), copy.contents(digest));
  }

  @Test
  @Cells("ctr images push")
  void pushesAnImageThatAnotherClientPulls() throws Exception {
    Path files = setup.scratch("ctr");
    OciLayout source = setup.images().fresh(files.resolve("layout"), 8, System.nanoTime());
    String digest = source.digest(IMAGE);
    Path archive = files.resolve("image.tar");
    setup.shell().run("tar", "-C", source.directory().toString(), "-cf", archive.toString(), ".");
    containerd.run(
        "images",
        "import",
        "--no-unpack",
        "--base-name=" + setup.registry().image("ctr/pushed"),
        archive.toString());

    containerd.run("images", "push", PLAIN, setup.registry().image("ctr/pushed:" + IMAGE));

    OciLayout copy = skopeo.pull("ctr/pushed:" + IMAGE);
    assertEquals(digest, copy.digest(COPY));
    assertEquals(source.contents(digest), copy.contents(digest));
  }

  @Test
  @Cells("ctr content fetch")
  void fetchesAnIndexWithoutUnpackingIt() throws Exception {
    OciLayout source = setup.images().multiPlatform();
    skopeo.push(source, INDEX, "ctr/fetched:v1", "--all");

    containerd.run(
        "content", "fetch", PLAIN, "--all-platforms", setup.registry().image("ctr/fetched:v1"));

    assertHolds(source.contents(source.digest(INDEX)));
  }

  private void pull(String image, String... options) throws Exception {
    containerd.pull(setup.registry().image(image), options);
  }

  private void assertHolds(Set<String> expected) throws Exception {
    Set<String> contents = containerd.contents();
    assertTrue(contents.containsAll(expected), () -> expected + " in " + contents);
  }
}
