package dev.stowage.adapter.fs;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Another Java process, which opens a directory and keeps it until its input ends. */
final class OpeningProcess implements Closeable {
  static final String OPEN = "open";

  private final Process process;
  private final String answer;

  private OpeningProcess(Process process, String answer) {
    this.process = process;
    this.answer = answer;
  }

  /** Starts a process and waits for its answer. */
  static OpeningProcess start(Path directory) throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OpeningProcess.class.getName(),
                    directory.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = output.readLine();
    return new OpeningProcess(process, line == null ? "no answer" : line);
  }

  /** {@link #OPEN}, or the message of the refusal. */
  String answer() {
    return answer;
  }

  long pid() {
    return process.pid();
  }

  /** SIGKILL, where there are signals. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Lets the process close the directory and end. */
  void end() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    try (FileBlobData data = FileBlobData.open(Path.of(arguments[0]), FileOptions.defaults())) {
      data.stage(dev.stowage.blob.UploadId.random());
      System.out.println(OPEN);
      while (System.in.read() >= 0) {
        Thread.onSpinWait();
      }
    } catch (DirectoryInUseException e) {
      System.out.println(e.getMessage());
    }
  }
}
