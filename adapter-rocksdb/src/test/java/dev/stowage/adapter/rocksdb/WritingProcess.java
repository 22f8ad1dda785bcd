package dev.stowage.adapter.rocksdb;

import dev.stowage.contract.SampleFacts;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another Java process, which writes tags from some threads and says which are durable. */
final class WritingProcess implements Closeable {
  private static final int THREADS = 4;

  private final Process process;
  private final BufferedReader output;

  private WritingProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static WritingProcess start(Path directory, String round) throws IOException {
    return new WritingProcess(
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    WritingProcess.class.getName(),
                    directory.toString(),
                    round))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next tag that the process was told is durable, or what it said instead. */
  Optional<String> nextAcknowledged() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /** SIGKILL, where there are signals. What was said before can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    RocksMetadataStore store;
    try {
      store = RocksMetadataStore.open(Path.of(arguments[0]), RocksOptions.defaults());
    } catch (IOException e) {
      System.out.println("refused: " + e.getMessage());
      return;
    }
    for (int i = 0; i < THREADS; i++) {
      String prefix = arguments[1] + "-" + i + "-";
      new Thread(() -> writeForEver(store, prefix)).start();
    }
  }

  private static void writeForEver(RocksMetadataStore store, String prefix) {
    try {
      for (int n = 0; ; n++) {
        String tag = prefix + n;
        store.write(
            facts -> {
              facts.putTag(SampleFacts.name("a"), SampleFacts.tag(tag, SampleFacts.digest(tag)));
              return true;
            });
        System.out.println(tag);
      }
    } catch (IOException e) {
      System.out.println("failed: " + e.getMessage());
    }
  }
}
