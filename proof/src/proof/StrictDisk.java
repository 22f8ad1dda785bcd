package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A disk that keeps nothing but what was forced: strict-disk.c notes it, and after a cut the
 * directory is built anew from these notes and from what was there when the server was started.
 */
final class StrictDisk implements Disk {
  /** A file as it was when the server was started; the path is of a second link to it. */
  private record Known(Path path, String sizeAndTime, long size) {}

  /** A name in a directory, and what it names. */
  private record Name(String key, boolean directory, String name) {}

  private final Path work;
  private final Path shim;
  private final Map<String, Known> files = new HashMap<>();
  private final Map<String, List<Name>> directories = new HashMap<>();
  private String root = "";
  private int boot;

  StrictDisk(Path work, Path shim) throws IOException {
    this.work = work;
    this.shim = shim;
    Files.createDirectory(place("disk"));
    learn();
  }

  @Override
  public Path data() {
    return place("disk").resolve("data");
  }

  @Override
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", shim.toString(),
        "STRICT_DISK_ROOT", place("disk").toString(),
        "STRICT_DISK_SHADOW", place("shadow").toString(),
        "STRICT_DISK_MICROSECONDS", "1500");
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
    long cut = System.nanoTime();
    server.kill();
    List<Path> before = List.of(place("disk"), place("shadow"), place("start"));
    Path shadow = place("shadow");
    boot++;
    build(root, place("disk"), shadow);
    for (Path each : before) {
      Commands.run("rm", "-rf", each.toString());
    }
    learn();
    return cut;
  }

  @Override
  public void close() {}

  private void build(String key, Path target, Path shadow) throws IOException {
    Files.createDirectory(target);
    Path forced = shadow.resolve("d-" + key);
    List<Name> names =
        Files.exists(forced) ? read(forced) : directories.getOrDefault(key, List.of());
    for (Name each : names) {
      Path path = target.resolve(each.name());
      if (each.directory()) {
        build(each.key(), path, shadow);
      } else {
        buildFile(each.key(), path, shadow);
      }
    }
  }

  private void buildFile(String key, Path target, Path shadow) throws IOException {
    Path forced = shadow.resolve("f-" + key);
    Known before = files.get(key);
    if (Files.exists(forced)) {
      Files.createLink(target, forced);
    } else if (before == null) {
      // Its name was forced and its bytes were not.
      Files.createFile(target);
    } else if (sizeAndTime(before.path()).equals(before.sizeAndTime())) {
      Files.createLink(target, before.path());
    } else {
      // What was added and not forced is gone; what is written here is only ever added.
      Files.copy(before.path(), target);
      try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
        file.truncate(before.size());
      }
    }
  }

  private static List<Name> read(Path listing) throws IOException {
    List<Name> read = new ArrayList<>();
    for (String line : Files.readAllLines(listing, UTF_8)) {
      String[] parts = line.split(" ", 3);
      read.add(new Name(parts[0], parts[1].equals("d"), parts[2]));
    }
    return read;
  }

  /** Notes all that is there now, as forced as anything. */
  private void learn() throws IOException {
    Path disk = place("disk");
    Files.createDirectory(place("shadow"));
    Commands.run("cp", "-al", disk.toString(), place("start").toString());
    files.clear();
    directories.clear();
    String listed =
        Commands.run("find", disk.toString(), "-exec", "stat", "--printf", "%i-%.9W %F\\t%n\\n", "{}", "+");
    Map<Path, String> keys = new HashMap<>();
    for (String line : listed.lines().toList()) {
      Path path = Path.of(line.substring(line.indexOf('\t') + 1));
      String key = line.substring(0, line.indexOf(' '));
      keys.put(path, key);
      boolean directory = line.contains(" directory\t");
      if (directory) {
        directories.put(key, new ArrayList<>());
      } else {
        Path link = place("start").resolve(disk.relativize(path).toString());
        files.put(key, new Known(link, sizeAndTime(link), Files.size(link)));
      }
      if (path.equals(disk)) {
        root = key;
      } else {
        // A directory is listed before what is in it.
        directories
            .get(keys.get(path.getParent()))
            .add(new Name(key, directory, path.getFileName().toString()));
      }
    }
  }

  private static String sizeAndTime(Path path) throws IOException {
    return Files.size(path) + " " + Files.getLastModifiedTime(path);
  }

  private Path place(String what) {
    return work.resolve(what + "-" + boot);
  }
}
