package dev.stowage.app.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A registry in a process of its own, on a port of 127.0.0.1 that it keeps over restarts. */
interface RegistryUnderTest extends AutoCloseable {
  /**
   * Starts the registry that the system property {@code registry.under.test} names: {@code stowage}
   * (the default), or {@code docker-registry}, which shows that a test itself is right.
   */
  static RegistryUnderTest start(Path directory) throws Exception {
    String kind = System.getProperty("registry.under.test", "stowage");
    return switch (kind) {
      case "stowage" -> StowageProcess.start(directory);
      case "docker-registry" -> DockerRegistryProcess.start(directory);
      default -> throw new IllegalArgumentException("registry.under.test=" + kind);
    };
  }

  /** Host and port, as they stand in an image's name. */
  String address();

  /** The directory that holds everything the registry keeps. */
  Path data();

  /** The directory below which each blob is one file, its digest in its path. */
  Path blobs();

  /** The file into which all its processes write what they say. */
  Path log();

  /** Ends the process in good order if it runs, and starts it on the same data and port. */
  void restart() throws Exception;

  /** Ends the process at once, as a crash would. */
  void kill();

  /** Ends the process in good order. */
  @Override
  void close();

  /** The full name of an image: {@code 127.0.0.1:5000/a/b:v1}. */
  default String image(String name) {
    return address() + "/" + name;
  }

  /** An absolute URL of this registry. */
  default URI url(String path) {
    return URI.create("http://" + address() + path);
  }

  /** How many files hold the bytes of a digest. */
  default long copies(String digest) throws IOException {
    String hex = digest.substring(digest.indexOf(':') + 1);
    try (Stream<Path> files = Files.walk(blobs())) {
      return files.filter(Files::isRegularFile).filter(f -> f.toString().contains(hex)).count();
    }
  }
}
