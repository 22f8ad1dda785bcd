package dev.stowage.app.command;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own. */
final class StowageCommand implements Closeable {
  private static final Pattern READY =
      Pattern.compile("ready (http://127\\.0\\.0\\.1:\\d+) data (\\S+) after (\\d+) ms");

  private final Process process;
  private final BufferedReader errors;

  private StowageCommand(Process process) {
    this.process = process;
    this.errors =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
  }

  static StowageCommand run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Dguice_bytecode_gen_option=DISABLED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Stowage.class.getName());
    command.addAll(List.of(arguments));
    return new StowageCommand(new ProcessBuilder(command).start());
  }

  /** Serves a directory on a free port; returns when it says, before all else, that it is ready. */
  static Served serve(Path data, String... more) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(more));
    StowageCommand command = run(arguments.toArray(String[]::new));
    String line = String.valueOf(command.errors.readLine());
    Matcher ready = READY.matcher(line);
    if (!ready.matches()) {
      command.process.destroy();
      throw new IOException("not ready: " + line + "\n" + command.restOfErrors());
    }
    return new Served(command, URI.create(ready.group(1)), Path.of(ready.group(2)));
  }

  /** A running server and what its ready line says. */
  record Served(StowageCommand command, URI uri, Path data) implements Closeable {
    @Override
    public void close() {
      command.close();
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM, and its output stays open. */
  void terminate() {
    process.toHandle().destroy();
  }

  int exitStatus() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the process does not end");
    }
    return process.exitValue();
  }

  /** All that it still says on standard error. */
  String restOfErrors() {
    return String.join("\n", errors.lines().toList());
  }

  /** All that it says on standard output. */
  String output() throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
