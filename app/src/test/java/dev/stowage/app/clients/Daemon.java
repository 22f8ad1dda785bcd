package dev.stowage.app.clients;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A long-running program that a test starts, and ends by its own process handle. What it says on
 * both streams goes to the end of a log file. It is ended with the JVM if no test does it.
 */
final class Daemon implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final int begin;
  private final Thread lastResort;

  private Daemon(Process process, Path log, int begin) {
    this.process = process;
    this.log = log;
    this.begin = begin;
    this.lastResort = new Thread(this::destroyTree, "end " + log.getFileName());
    Runtime.getRuntime().addShutdownHook(lastResort);
  }

  /** Starts a program with exactly this environment. */
  static Daemon start(Path log, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
    builder.redirectInput(Redirect.from(new File("/dev/null")));
    int begin = Files.exists(log) ? Files.readString(log).length() : 0;
    return new Daemon(builder.start(), log, begin);
  }

  /**
   * Asks until the probe has an answer. Fails, and leaves nothing running, when the program ends
   * before or takes too long.
   */
  <T> T awaitReady(Probe<T> probe) throws Exception {
    boolean ready = false;
    try {
      long deadline = System.nanoTime() + START.toNanos();
      Optional<T> answer = probe.ask();
      while (answer.isEmpty()) {
        if (process.waitFor(50, MILLISECONDS) || System.nanoTime() > deadline) {
          throw new IllegalStateException("never ready:\n" + output());
        }
        answer = probe.ask();
      }
      ready = true;
      return answer.get();
    } finally {
      if (!ready) {
        close();
      }
    }
  }

  /** What the program has said since this start. */
  String output() throws IOException {
    return Files.readString(log).substring(begin);
  }

  /** Ends it at once (SIGKILL), with all that it started. */
  void kill() {
    destroyTree();
    process.onExit().join();
    forget();
  }

  /** Asks it to end (SIGTERM) and waits; ends it the hard way if it does not. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, END.toSeconds(), TimeUnit.SECONDS).join();
    if (process.isAlive()) {
      kill();
    }
    forget();
  }

  private void destroyTree() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void forget() {
    try {
      Runtime.getRuntime().removeShutdownHook(lastResort);
    } catch (IllegalStateException shuttingDown) {
      // The JVM is ending, and the hook with it.
      return;
    }
  }

  /** A question whose answer shows that a program is ready. */
  @FunctionalInterface
  interface Probe<T> {
    Optional<T> ask() throws Exception;
  }
}
