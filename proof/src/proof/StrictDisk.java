package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A disk that keeps nothing but what was forced: strict-disk.c notes it, and after a cut the
 * directory is built anew from these notes and from what was there when the server was started.
 *
 * <p>A torn one keeps some of the rest as well, as it comes: names that were made or removed and
 * not forced, and of what was added to a file a part, in which pages may be missing.
 */
final class StrictDisk implements Disk {
  private static final int PAGE = 4096;

  /** A file as it was when the server was started; the path is of a second link to it. */
  private record Known(Path path, String sizeAndTime, long size) {}

  private final Path work;
  private final Path shim;
  private final Optional<SplittableRandom> tearing;
  private final Map<String, Known> before = new HashMap<>();
  private Tree start;
  private int boot;

  StrictDisk(Path work, Path shim, Optional<SplittableRandom> tearing) throws IOException {
    this.work = work;
    this.shim = shim;
    this.tearing = tearing;
    Files.createDirectory(place("disk"));
    this.start = learn();
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
    List<Path> old = List.of(place("disk"), place("shadow"), place("start"));
    Tree end = Tree.of(place("disk"));
    Path shadow = place("shadow");
    boot++;
    build(start.root(), place("disk"), shadow, end);
    for (Path each : old) {
      Commands.run("rm", "-rf", each.toString());
    }
    start = learn();
    return cut;
  }

  @Override
  public void close() {}

  private void build(String key, Path target, Path shadow, Tree end) throws IOException {
    Files.createDirectory(target);
    for (Tree.Name each : names(key, shadow, end)) {
      Path path = target.resolve(each.name());
      if (each.directory()) {
        build(each.key(), path, shadow, end);
      } else {
        buildFile(each.key(), path, shadow, end);
      }
    }
  }

  private List<Tree.Name> names(String key, Path shadow, Tree end) throws IOException {
    Path forced = shadow.resolve("d-" + key);
    List<Tree.Name> names = new ArrayList<>(start.names(key));
    if (Files.exists(forced)) {
      names =
          new ArrayList<>(
              Files.readAllLines(forced, UTF_8).stream().map(Tree.Name::parse).toList());
    }
    if (tearing.isPresent()) {
      tearNames(names, end.names(key));
    }
    return names;
  }

  /** Lets some changes of names be kept by chance. */
  private void tearNames(List<Tree.Name> names, List<Tree.Name> last) {
    Set<Tree.Name> forced = new HashSet<>(names);
    names.removeIf(each -> !last.contains(each) && chance());
    for (Tree.Name each : last) {
      if (!forced.contains(each) && chance()) {
        names.removeIf(other -> other.name().equals(each.name()));
        names.add(each);
      }
    }
  }

  private void buildFile(String key, Path target, Path shadow, Tree end) throws IOException {
    Path forced = shadow.resolve("f-" + key);
    Known known = before.get(key);
    if (known != null && sizeAndTime(known.path()).equals(known.sizeAndTime())) {
      Files.createLink(target, known.path());
      return;
    }
    byte[] kept = new byte[0];
    if (Files.exists(forced)) {
      kept = Files.readAllBytes(forced);
    } else if (known != null) {
      // What was added and not forced is gone; what is written here is only ever added.
      kept = Arrays.copyOf(Files.readAllBytes(known.path()), (int) known.size());
    }
    Path last = end.files().get(key);
    if (tearing.isPresent() && last != null) {
      kept = torn(kept, Files.readAllBytes(last));
    }
    Files.write(target, kept);
  }

  /** What was forced and by chance some of the pages that were not. */
  private byte[] torn(byte[] forced, byte[] written) {
    if (written.length <= forced.length || chance()) {
      return forced;
    }
    int length = tearing.get().nextInt(forced.length, written.length) + 1;
    byte[] torn = Arrays.copyOf(written, length);
    boolean holes = chance();
    for (int page = forced.length / PAGE * PAGE; holes && page < length; page += PAGE) {
      if (chance()) {
        Arrays.fill(torn, Math.max(page, forced.length), Math.min(length, page + PAGE), (byte) 0);
      }
    }
    return torn;
  }

  private boolean chance() {
    return tearing.get().nextBoolean();
  }

  /** Notes all that is there now, as forced as anything. */
  private Tree learn() throws IOException {
    Path disk = place("disk");
    Files.createDirectory(place("shadow"));
    Commands.run("cp", "-al", disk.toString(), place("start").toString());
    Tree tree = Tree.of(disk);
    before.clear();
    for (Map.Entry<String, Path> file : tree.files().entrySet()) {
      Path link = place("start").resolve(disk.relativize(file.getValue()).toString());
      before.put(file.getKey(), new Known(link, sizeAndTime(link), Files.size(link)));
    }
    return tree;
  }

  private static String sizeAndTime(Path path) throws IOException {
    return Files.size(path) + " " + Files.getLastModifiedTime(path);
  }

  private Path place(String what) {
    return work.resolve(what + "-" + boot);
  }
}
