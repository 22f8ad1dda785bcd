package dev.stowage.app.clients;

import static dev.stowage.app.clients.ClientProgram.DOCKER;
import static dev.stowage.app.clients.ClientProgram.DOCKERD;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A private docker daemon without bridge or firewall rules, and the docker program. Its mounts are
 * in a namespace of its own and go with it, however it ends.
 */
final class DockerDaemon implements AutoCloseable {
  private final Daemon daemon;
  private final Shell shell;

  private DockerDaemon(Daemon daemon, Shell shell) {
    this.daemon = daemon;
    this.shell = shell;
  }

  static DockerDaemon start(ClientSetup setup) throws Exception {
    Path home = setup.scratch("docker");
    // Only this file can say that the daemon's key is not to be made in /etc/docker.
    Path configuration =
        Files.writeString(
            home.resolve("daemon.json"),
            "{\"deprecated-key-path\":\"" + home.resolve("key.json") + "\"}");
    String host = "unix://" + home.resolve("d.sock");
    Shell shell =
        setup
            .shell()
            .with("DOCKER_HOST", host)
            .with("DOCKER_CONFIG", home.resolve("client").toString())
            .with("DOCKER_CLI_EXPERIMENTAL", "enabled");
    Daemon daemon =
        Daemon.start(
            home.resolve("log"),
            setup.shell().environment(),
            List.of(
                "/usr/bin/unshare",
                "--mount",
                DOCKERD.path(),
                "--config-file=" + configuration,
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--ip-forward=false",
                "--ip-masq=false",
                "--storage-driver=vfs",
                "--data-root=" + home.resolve("data"),
                "--exec-root=" + home.resolve("exec"),
                "--pidfile=" + home.resolve("pid"),
                "--group=root",
                "--host=" + host));
    DockerDaemon docker = new DockerDaemon(daemon, shell);
    daemon.awaitReady(docker::version);
    return docker;
  }

  /** Runs a command of docker that has to succeed. */
  String run(String... arguments) throws Exception {
    return shell.run(DOCKER, arguments);
  }

  /** Builds with the builder that is part of the daemon; returns what it said of its steps. */
  String buildKit(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(DOCKER.path(), "build", "--progress=plain", "--network=none"));
    command.addAll(List.of(arguments));
    Shell.Outcome outcome =
        shell.with("DOCKER_BUILDKIT", "1").attempt(command.toArray(String[]::new));
    if (outcome.exitCode() != 0) {
      throw new AssertionError(outcome.toString());
    }
    return outcome.stdout() + outcome.stderr();
  }

  @Override
  public void close() {
    daemon.close();
  }

  private Optional<String> version() throws Exception {
    Shell.Outcome outcome = shell.attempt(DOCKER.path(), "version");
    return outcome.exitCode() == 0 ? Optional.of(outcome.stdout()) : Optional.empty();
  }
}
