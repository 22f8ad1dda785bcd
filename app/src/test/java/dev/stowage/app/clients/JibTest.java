package dev.stowage.app.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that jib builds into the registry, and builds upon. */
@ClientTest
class JibTest {
  private final ClientSetup setup;
  private final RegistryRequests requests;

  JibTest(ClientSetup setup) {
    this.setup = setup;
    this.requests = new RegistryRequests(setup.registry());
  }

  @ParameterizedTest
  @EnumSource
  @Cells({
    "jib-core containerize, Docker format",
    "jib-core containerize, OCI format",
    "jib-core withAdditionalTag"
  })
  void pushesAnImageUnderTwoTags(ImageFormat format) throws Exception {
    String repository = "jib/" + format.name().toLowerCase(Locale.ROOT);

    JibContainer pushed =
        image(format)
            .containerize(
                fresh(Containerizer.to(registryImage(repository + ":v1"))).withAdditionalTag("v2"));

    String digest = pushed.getDigest().toString();
    assertEquals(digest, digest(manifest(repository, "v1")));
    assertEquals(digest, digest(manifest(repository, "v2")));
    assertEquals(List.of("v1", "v2"), JsonText.strings(tags(repository), "tags"));
  }

  @Test
  @Cells("jib-core from(image), layers mounted")
  void derivesAnImageFromOneInTheRegistry() throws Exception {
    image(ImageFormat.OCI).containerize(fresh(Containerizer.to(registryImage("jib/base:v1"))));

    JibContainer derived =
        Jib.from(registryImage("jib/base:v1"))
            .setFormat(ImageFormat.OCI)
            .addLayer(List.of(file(1000)), "/more")
            .containerize(fresh(Containerizer.to(registryImage("jib/derived:v1"))));

    String manifest = manifest("jib/derived", "v1");
    assertEquals(derived.getDigest().toString(), digest(manifest));
    List<String> layers = JsonText.digests(manifest("jib/base", "v1"), "layers");
    List<String> derivedLayers = JsonText.digests(manifest, "layers");
    assertEquals(layers, derivedLayers.subList(0, layers.size()));
    assertEquals(layers.size() + 1, derivedLayers.size());
  }

  @Test
  @Cells("jib-core from(image@digest) to TarImage")
  void pullsAnImageByItsDigest() throws Exception {
    JibContainer pushed =
        image(ImageFormat.OCI).containerize(fresh(Containerizer.to(registryImage("jib/pull:v1"))));
    Path archive = setup.scratch("jib").resolve("image.tar");

    Jib.from(registryImage("jib/pull@" + pushed.getDigest()))
        .containerize(fresh(Containerizer.to(TarImage.at(archive).named("pulled:v1"))));

    assertTrue(Files.size(archive) > 1_000_000);
  }

  @Test
  @Cells("jib-core setPlatforms, Docker manifest list")
  void pushesAnImageOfSeveralPlatforms() throws Exception {
    JibContainer pushed =
        image(ImageFormat.Docker)
            .setPlatforms(Set.of(new Platform("amd64", "linux"), new Platform("arm64", "linux")))
            .containerize(fresh(Containerizer.to(registryImage("jib/multi:v1"))));

    String list = manifest("jib/multi", "v1");
    assertEquals(pushed.getDigest().toString(), digest(list));
    List<String> children = JsonText.digests(list, "manifests");
    assertEquals(2, children.size());
    for (String child : children) {
      assertEquals(child, digest(manifest("jib/multi", child)));
    }
  }

  @Test
  void whatItPushedCanBeDeleted() throws Exception {
    JibContainer pushed =
        image(ImageFormat.OCI)
            .containerize(fresh(Containerizer.to(registryImage("jib/delete:v1"))));
    URI manifest = setup.registry().url("/v2/jib/delete/manifests/" + pushed.getDigest());

    assertEquals(202, requests.status("DELETE", manifest));

    assertEquals(404, requests.status("GET", manifest));
  }

  private JibContainerBuilder image(ImageFormat format) throws Exception {
    return Jib.fromScratch()
        .addLayer(List.of(file(100)), "/app")
        .addLayer(List.of(file(1_500_000)), "/data")
        .setFormat(format);
  }

  private RegistryImage registryImage(String name) throws Exception {
    return RegistryImage.named(setup.registry().image(name));
  }

  /** With caches of its own, so that everything has to come from the registry. */
  private Containerizer fresh(Containerizer containerizer) throws Exception {
    Path cache = setup.scratch("jib-cache");
    return containerizer
        .setAllowInsecureRegistries(true)
        .setAlwaysCacheBaseImage(true)
        .setBaseImageLayersCache(cache.resolve("base"))
        .setApplicationLayersCache(cache.resolve("application"));
  }

  private Path file(int size) throws Exception {
    byte[] content = new byte[size];
    new Random().nextBytes(content);
    return Files.write(setup.scratch("jib-file").resolve("file"), content);
  }

  private String manifest(String repository, String reference) throws Exception {
    return requests.text("/v2/" + repository + "/manifests/" + reference);
  }

  private static String digest(String manifest) {
    return Sha256.of(manifest.getBytes(UTF_8));
  }

  private String tags(String repository) throws Exception {
    return requests.text("/v2/" + repository + "/tags/list");
  }
}
