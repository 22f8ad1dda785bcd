package dev.stowage.app.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a class of client tests works with: a registry, a shell whose programs keep their images and
 * settings in one temporary directory, and the images to push. Closing it ends the registry and
 * removes the directory.
 */
final class ClientSetup implements AutoCloseable {
  private final Path directory;
  private final RegistryUnderTest registry;
  private final Shell shell;
  private final ImageFixtures images;
  private final AtomicInteger scratched = new AtomicInteger();

  private ClientSetup(
      Path directory, RegistryUnderTest registry, Shell shell, ImageFixtures images) {
    this.directory = directory;
    this.registry = registry;
    this.shell = shell;
    this.images = images;
  }

  RegistryUnderTest registry() {
    return registry;
  }

  Shell shell() {
    return shell;
  }

  ImageFixtures images() {
    return images;
  }

  static ClientSetup open(ImageFixtures images) {
    try {
      Path directory = Files.createTempDirectory("stowage");
      try {
        Path home = Files.createDirectory(directory.resolve("home"));
        RegistryUnderTest registry =
            RegistryUnderTest.start(Files.createDirectory(directory.resolve("registry")));
        try {
          Shell shell = new Shell(home, environment(home, registry.address()));
          return new ClientSetup(directory, registry, shell, images);
        } catch (IOException e) {
          registry.close();
          throw e;
        }
      } catch (Exception e) {
        DirectoryTree.delete(directory);
        throw e;
      }
    } catch (Exception e) {
      throw new IllegalStateException("no registry to test", e);
    }
  }

  /** A new directory for a test's files. Its path is short, for daemons make sockets below it. */
  Path scratch(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name + scratched.incrementAndGet()));
  }

  @Override
  public void close() throws IOException {
    try {
      registry.close();
    } finally {
      DirectoryTree.delete(directory);
    }
  }

  private static Map<String, String> environment(Path home, String registry) throws IOException {
    Files.writeString(
        home.resolve("storage.conf"),
        """
        [storage]
        driver = "vfs"
        graphroot = "%1$s/graph"
        runroot = "%1$s/run"
        """
            .formatted(home));
    Files.writeString(
        home.resolve("registries.conf"),
        """
        unqualified-search-registries = ["%1$s"]
        [[registry]]
        location = "%1$s"
        insecure = true
        """
            .formatted(registry));
    Files.writeString(
        home.resolve("containers.conf"),
        """
        [engine]
        cgroup_manager = "cgroupfs"
        events_logger = "file"
        runtime = "crun"
        """);
    // buildah refuses to start when the file that the variable names is missing.
    Files.writeString(home.resolve("auth.json"), "{}");

    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("DOCKER_"));
    environment.merge(
        "PATH", "/usr/sbin:/usr/bin:/sbin:/bin", (path, system) -> path + ":" + system);
    environment.put("CONTAINERS_STORAGE_CONF", home + "/storage.conf");
    environment.put("CONTAINERS_REGISTRIES_CONF", home + "/registries.conf");
    environment.put("CONTAINERS_CONF", home + "/containers.conf");
    environment.put("REGISTRY_AUTH_FILE", home + "/auth.json");
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", Files.createDirectory(home.resolve("tmp")).toString());
    environment.put("XDG_RUNTIME_DIR", Files.createDirectory(home.resolve("xdg")).toString());
    environment.put("BUILDAH_ISOLATION", "chroot");
    environment.put("_CONTAINERS_USERNS_CONFIGURED", "");
    return environment;
  }
}
