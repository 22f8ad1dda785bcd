package proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Real file systems on a loop disk, whose file lies on an XFS that can copy it in an instant: what
 * the copy holds is what the kernel had written by then, and nothing of the page cache.
 *
 * <p>With two file systems the data lie on the first and the metadata on the second. Both are parts
 * of one disk, so that one cut takes both; but neither forces what is in the other, as one file
 * system's journal does with all that came before.
 */
final class LoopDisk implements Disk {
  private static final long PART = 4L << 30;

  private final Path work;
  private final List<String> fileSystems;
  private final Path outer;
  private final Path data;
  private int boot;

  LoopDisk(Path work, List<String> fileSystems) throws IOException {
    this.work = work;
    this.fileSystems = fileSystems;
    this.outer = Files.createDirectory(work.resolve("outer"));
    this.data = Files.createDirectory(work.resolve("data"));
    Path image = work.resolve("outer.img");
    Commands.run("truncate", "-s", "24G", image.toString());
    Commands.run("mkfs.xfs", "-q", "-m", "reflink=1", image.toString());
    Commands.run("mount", "-o", "loop", image.toString(), outer.toString());
    Commands.run("truncate", "-s", Long.toString(PART * fileSystems.size()), disk().toString());
    mount(true);
  }

  @Override
  public Path data() {
    return data;
  }

  @Override
  public Map<String, String> environment() {
    return Map.of();
  }

  @Override
  public List<String> settings() {
    return List.of("data.boot-id=cut-" + boot);
  }

  @Override
  public boolean keepsWhatWasNotForced() {
    return false;
  }

  @Override
  public long cut(Server server) throws IOException {
    Path before = disk();
    boot++;
    long cut = System.nanoTime();
    Commands.run("cp", "--reflink=always", before.toString(), disk().toString());
    server.kill();
    unmount();
    Files.delete(before);
    mount(false);
    return cut;
  }

  @Override
  public void close() throws IOException {
    unmount();
    Commands.run("umount", outer.toString());
    Files.delete(work.resolve("outer.img"));
  }

  private void mount(boolean empty) throws IOException {
    List<String> devices = new ArrayList<>();
    for (int i = 0; i < fileSystems.size(); i++) {
      devices.add(
          Commands.run(
                  "losetup",
                  "--find",
                  "--show",
                  "--offset",
                  Long.toString(i * PART),
                  "--sizelimit",
                  Long.toString(PART),
                  disk().toString())
              .strip());
    }
    try {
      for (int i = 0; i < devices.size(); i++) {
        String system = fileSystems.get(i);
        if (empty) {
          Commands.run("mkfs." + system, "-q", devices.get(i));
        }
        Path where = i == 0 ? data : data.resolve("metadata");
        Files.createDirectories(where);
        // Late, so that nothing is written by chance before the cut.
        Commands.run("mount", "-t", system, "-o", late(system), devices.get(i), where.toString());
      }
    } finally {
      // They go when they are unmounted.
      for (String device : devices) {
        Commands.run("losetup", "--detach", device);
      }
    }
  }

  private static String late(String system) {
    return system.equals("xfs") ? "rw" : "commit=600";
  }

  private void unmount() throws IOException {
    Commands.run("umount", "--recursive", data.toString());
  }

  private Path disk() {
    return outer.resolve("disk-" + boot);
  }
}
