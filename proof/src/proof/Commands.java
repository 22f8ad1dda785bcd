package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/** Runs programs of the system. */
final class Commands {
  private Commands() {}

  /** Runs a program, which has to succeed, and returns what it printed. */
  static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + output.strip());
    }
    return output;
  }
}
