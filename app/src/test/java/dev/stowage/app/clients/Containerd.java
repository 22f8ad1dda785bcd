package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.CONTAINERD;
import static dev.stowage.app.clients.ClientProgram.CTR;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A private containerd and its client program ctr. Its mounts are in a namespace of its own and go
 * with it, however it ends.
 */
final class Containerd implements AutoCloseable {
  private final Daemon daemon;
  private final Shell shell;
  private final Path socket;

  private Containerd(Daemon daemon, Shell shell, Path socket) {
    this.daemon = daemon;
    this.shell = shell;
    this.socket = socket;
  }

  static Containerd start(ClientSetup setup) throws Exception {
    Path home = setup.scratch("containerd");
    Path socket = home.resolve("c.sock");
    Path configuration = home.resolve("config.toml");
    // The plugin "opt" would make /opt/containerd.
    Files.writeString(
        configuration,
        """
        version = 2
        root = "%1$s/root"
        state = "%1$s/state"
        disabled_plugins = ["io.containerd.grpc.v1.cri", "io.containerd.internal.v1.opt"]
        [grpc]
        address = "%1$s/c.sock"
        [ttrpc]
        address = "%1$s/c.sock.ttrpc"
        """
            .formatted(home));
    Daemon daemon =
        Daemon.start(
            home.resolve("log"),
            setup.shell().environment(),
            List.of(
                "/usr/bin/unshare",
                "--mount",
                CONTAINERD.path(),
                "--config",
                configuration.toString()));
    Containerd containerd = new Containerd(daemon, setup.shell(), socket);
    daemon.awaitReady(containerd::version);
    return containerd;
  }

  /** Runs a command of ctr that has to succeed. */
  String run(String... arguments) throws Exception {
    return shell.run(command(arguments));
  }

  /** Pulls an image by its full name and unpacks it without mounts. */
  void pull(String image, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("images", "pull", "--plain-http", "--snapshotter=native"));
    arguments.addAll(List.of(options));
    arguments.add(image);
    run(arguments.toArray(String[]::new));
  }

  /** The digests of all that it holds; it has verified each. */
  Set<String> contents() throws Exception {
    return new TreeSet<>(run("content", "ls", "-q").lines().toList());
  }

  @Override
  public void close() {
    daemon.close();
  }

  private Optional<String> version() throws Exception {
    Shell.Outcome outcome = shell.attempt(command("version"));
    return outcome.exitCode() == 0 ? Optional.of(outcome.stdout()) : Optional.empty();
  }

  private String[] command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(CTR.path(), "-a", socket.toString()));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }
}
