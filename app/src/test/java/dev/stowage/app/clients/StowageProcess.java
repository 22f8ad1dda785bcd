package dev.stowage.app.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The built server, started by its launcher: {@code target/stowage/bin/stowage}, or what the system
 * property {@code stowage.launcher} names.
 */
final class StowageProcess implements RegistryUnderTest {
  private static final Pattern READY =
      Pattern.compile("^ready\\b.*http://(127\\.0\\.0\\.1:\\d+)\\b.*\\R", Pattern.MULTILINE);

  private final Path data;
  private final Path log;
  private String address = "127.0.0.1:0";
  private Daemon daemon;

  private StowageProcess(Path data, Path log) throws Exception {
    this.data = data;
    this.log = log;
    this.daemon = launch();
  }

  static StowageProcess start(Path directory) throws Exception {
    return new StowageProcess(directory.resolve("data"), directory.resolve("stowage.log"));
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public Path blobs() {
    return data.resolve("blobs");
  }

  @Override
  public Path log() {
    return log;
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

  private Daemon launch() throws Exception {
    Path launcher = Path.of(System.getProperty("stowage.launcher", "target/stowage/bin/stowage"));
    if (!Files.isExecutable(launcher)) {
      throw new IllegalStateException("no server at " + launcher.toAbsolutePath());
    }
    Daemon started =
        Daemon.start(
            log,
            System.getenv(),
            List.of(
                launcher.toAbsolutePath().toString(),
                "serve",
                "--data",
                data.toString(),
                "--listen",
                address));
    address = started.awaitReady(() -> announced(started));
    return started;
  }

  private static Optional<String> announced(Daemon started) throws IOException {
    Matcher line = READY.matcher(started.output());
    return line.find() ? Optional.of(line.group(1)) : Optional.empty();
  }
}
