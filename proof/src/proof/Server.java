package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server's process. */
final class Server implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("^ready http://127\\.0\\.0\\.1:(\\d+) .*\\R", Pattern.MULTILINE);
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Process process;
  private final Path log;

  private Server(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a server on a free port, and does not wait for it. */
  static Server launch(Options options, Disk disk, Path log) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(options.launcher().toString());
    command.addAll(List.of("serve", "--listen", "127.0.0.1:0", "--data", disk.data().toString()));
    List<String> settings = new ArrayList<>(disk.settings());
    settings.addAll(options.settings());
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // It does not live long enough for its code to be compiled well.
    builder.environment().putIfAbsent("STOWAGE_JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    builder.environment().putAll(disk.environment());
    Process process = builder.start();
    process.getOutputStream().close();
    return new Server(process, log);
  }

  /** Waits until it says that it is ready, and returns its port. */
  int awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE;
    while (System.nanoTime() < deadline) {
      boolean alive = process.isAlive();
      Matcher ready = READY.matcher(said());
      if (ready.find()) {
        return Integer.parseInt(ready.group(1));
      }
      if (!alive) {
        throw new Violation("the server does not start: " + said());
      }
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    throw new Violation("the server does not start in time: " + said());
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String said() throws IOException {
    return Files.exists(log) ? Files.readString(log, UTF_8) : "";
  }

  /** Kills it with SIGKILL and waits until it is gone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
