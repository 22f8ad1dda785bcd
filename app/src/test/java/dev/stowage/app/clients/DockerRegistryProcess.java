package dev.stowage.app.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debian's docker-registry: a reference that shows what a test asks beyond an old registry. */
final class DockerRegistryProcess implements RegistryUnderTest {
  private static final String PROGRAM = "/usr/bin/docker-registry";

  private final Path data;
  private final Path configuration;
  private final int port;
  private Daemon daemon;

  private DockerRegistryProcess(Path directory) throws Exception {
    this.data = directory.resolve("data");
    this.configuration = directory.resolve("docker-registry.yml");
    this.port = freePort();
    Files.writeString(configuration, settings());
    this.daemon = launch();
  }

  static DockerRegistryProcess start(Path directory) throws Exception {
    return new DockerRegistryProcess(directory);
  }

  @Override
  public String address() {
    return "127.0.0.1:" + port;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public Path blobs() {
    return data.resolve("docker/registry/v2/blobs");
  }

  @Override
  public Path log() {
    return configuration.resolveSibling("docker-registry.log");
  }

  @Override
  public void restart() throws Exception {
    daemon.close();
    daemon = launch();
  }

  @Override
  public void kill() {
    daemon.kill();
  }

  @Override
  public void close() {
    daemon.close();
  }

  /** A fixed secret, since upload addresses are signed with it and have to outlive a restart. */
  private String settings() {
    return """
    version: 0.1
    log: {level: warn}
    storage:
      filesystem: {rootdirectory: "%s"}
      delete: {enabled: true}
    http: {addr: "%s", secret: kept}
    """
        .formatted(data, address());
  }

  private Daemon launch() throws Exception {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("REGISTRY_"));
    Daemon started =
        Daemon.start(log(), environment, List.of(PROGRAM, "serve", configuration.toString()));
    started.awaitReady(this::listening);
    return started;
  }

  private Optional<String> listening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return Optional.of(socket.toString());
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
