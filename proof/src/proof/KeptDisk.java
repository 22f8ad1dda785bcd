package proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The disk of a machine that goes on: a cut is a kill of the process and nothing more. */
final class KeptDisk implements Disk {
  private final Path directory;

  KeptDisk(Path directory) throws IOException {
    this.directory = Files.createDirectory(directory);
  }

  @Override
  public Path data() {
    return directory.resolve("data");
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public List<String> settings() {
    return List.of();
  }

  @Override
  public boolean keepsWhatWasNotForced() {
    return true;
  }

  @Override
  public long cut(Server server) {
    long cut = System.nanoTime();
    server.kill();
    return cut;
  }

  @Override
  public void close() {}
}
