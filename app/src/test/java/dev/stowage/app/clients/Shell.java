package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs client programs in a directory and with an environment of their own, each for a bounded
 * time. May be used by many threads.
 */
final class Shell {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path directory;
  private final Map<String, String> environment;
  private final Path input;
  private final List<List<String>> commands;

  Shell(Path directory, Map<String, String> environment) {
    this(directory, environment, Path.of("/dev/null"), new CopyOnWriteArrayList<>());
  }

  private Shell(
      Path directory, Map<String, String> environment, Path input, List<List<String>> commands) {
    this.directory = directory;
    this.environment = Map.copyOf(environment);
    this.input = input;
    this.commands = commands;
  }

  /** The same shell with one more variable. */
  Shell with(String variable, String value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value);
    return new Shell(directory, more, input, commands);
  }

  /** The same shell, whose programs run in another directory. */
  Shell in(Path other) {
    return new Shell(other, environment, input, commands);
  }

  /** The same shell, whose programs read a file as their standard input. */
  Shell reading(Path file) {
    return new Shell(directory, environment, file, commands);
  }

  /** The commands that have succeeded, in this shell and all that came from it. */
  List<List<String>> commands() {
    return List.copyOf(commands);
  }

  void forgetCommands() {
    commands.clear();
  }

  Map<String, String> environment() {
    return environment;
  }

  /** Runs a command that must succeed; returns its standard output without the last line end. */
  String run(String... command) throws IOException, InterruptedException {
    Outcome outcome = attempt(command);
    if (outcome.exitCode() != 0) {
      fail(String.join(" ", command) + "\n" + outcome);
    }
    return outcome.stdout().strip();
  }

  /** Runs a client program that must succeed; returns its standard output likewise. */
  String run(ClientProgram program, String... arguments) throws IOException, InterruptedException {
    return run(
        Stream.concat(Stream.of(program.path()), Stream.of(arguments)).toArray(String[]::new));
  }

  /** Runs a command that may fail. */
  Outcome attempt(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "out", ".txt");
    Path errors = Files.createTempFile(directory, "err", ".txt");
    try {
      Process process = start(List.of(command), output, errors);
      boolean ended = false;
      try {
        ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      } finally {
        if (!ended) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly().waitFor();
        }
      }
      Outcome outcome =
          new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
      if (!ended) {
        fail("still running after " + LIMIT + ": " + String.join(" ", command) + "\n" + outcome);
      }
      if (outcome.exitCode() == 0) {
        commands.add(List.of(command));
      }
      return outcome;
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private Process start(List<String> command, Path output, Path errors) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(input.toFile());
    builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
    return builder.start();
  }

  /** How a command ended and what it said. */
  record Outcome(int exitCode, String stdout, String stderr) {}
}
