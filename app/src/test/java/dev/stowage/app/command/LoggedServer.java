package dev.stowage.app.command;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in a process of its own that may say much: all of it goes to a file. */
final class LoggedServer implements Closeable {
  private static final Pattern READY = Pattern.compile("^ready (\\S+) data ", Pattern.MULTILINE);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

  private final Process process;
  private final Path log;
  private final URI uri;

  private LoggedServer(Process process, Path log) throws IOException, InterruptedException {
    this.process = process;
    this.log = log;
    this.uri = awaitReady();
  }

  /**
   * Serves a directory on a free port.
   *
   * @param limit what the shell does before it becomes the program, such as {@code ulimit -n 99}
   */
  static LoggedServer start(Path log, String limit, Path data, String... settings)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("sh", "-c", limit + " && exec \"$@\"", "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Dguice_bytecode_gen_option=DISABLED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Stowage.class.getName()));
    command.addAll(List.of("serve", "--data", data.toString(), "--listen", "127.0.0.1:0"));
    for (String setting : settings) {
      command.addAll(List.of("--set", setting));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(log.toFile()))
            .start();
    return new LoggedServer(process, log);
  }

  URI uri() {
    return uri;
  }

  /** All that it has said. */
  String said() throws IOException {
    return Files.readString(log);
  }

  /** What the socket in the data directory says of it: a status and why. */
  static String readiness(Path data) throws IOException {
    try (SocketChannel socket =
        SocketChannel.open(UnixDomainSocketAddress.of(data.resolve("admin.sock")))) {
      String request = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.write(StandardCharsets.US_ASCII.encode(request));
      String answer =
          new String(Channels.newInputStream(socket).readAllBytes(), StandardCharsets.UTF_8);
      String version = "HTTP/1.1 ";
      return answer.substring(version.length(), answer.indexOf("\r\n"))
          + answer.substring(answer.indexOf("\r\n\r\n") + 2);
    }
  }

  private URI awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    Matcher ready = READY.matcher(said());
    while (!ready.find()) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
        close();
        throw new IOException("not ready: " + said());
      }
      ready = READY.matcher(said());
    }
    return URI.create(ready.group(1));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
