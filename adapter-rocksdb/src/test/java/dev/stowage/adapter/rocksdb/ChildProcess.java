package dev.stowage.adapter.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another Java process that runs a test's main class, and is killed when it is closed. */
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  /** Starts a class; {@code scratch} is its temporary directory. */
  ChildProcess(Class<?> main, Path scratch, String... arguments) throws IOException {
    this(List.of(), main, scratch, arguments);
  }

  /** Starts a class by a command that comes before {@code java}. */
  ChildProcess(List<String> before, Class<?> main, Path scratch, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Djava.io.tmpdir=" + scratch);
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=info");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    Files.createDirectories(scratch);
    builder.environment().remove("ROCKSDB_SHAREDLIB_DIR");
    builder.redirectErrorStream(true);
    process = builder.start();
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  /** Starts a class that cannot make a file larger than a limit: to the log, a full disk. */
  static ChildProcess limited(int kibibytes, Class<?> main, Path scratch, String... arguments)
      throws IOException {
    // POSIX counts in blocks of 512 bytes.
    String limit = "ulimit -f " + 2 * kibibytes + " && exec \"$@\"";
    return new ChildProcess(List.of("sh", "-c", limit, "sh"), main, scratch, arguments);
  }

  /**
   * Starts a class with a library in front of the system's, and a variable that the library reads.
   */
  static ChildProcess preloaded(
      Path library, String variable, Class<?> main, Path scratch, String... arguments)
      throws IOException {
    return new ChildProcess(
        List.of("env", "LD_PRELOAD=" + library, variable), main, scratch, arguments);
  }

  /** The next line that it wrote; null at the end. */
  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** What it has mapped into its memory, as proc(5) lists it. */
  String maps() throws IOException {
    return Files.readString(Path.of("/proc/" + process.pid() + "/maps"));
  }

  /** Kills it at once, as SIGKILL does, and waits until it is gone. */
  void kill() {
    // Process.destroyForcibly would close the output, and what is still in it be lost.
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() throws IOException {
    kill();
    output.close();
  }
}
