package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a store read-only from a failed force of a directory until the directory has been checked.
 *
 * <p>The failed force is final: which names it lost nobody knows, and the next force of the same
 * open directory may report a success that means nothing. So the file that was being placed is
 * removed, the directory opened again, and a file made, forced, renamed and removed in it, with
 * forces that have something to write. A file system that says that it takes no changes is checked
 * in the same way.
 */
final class WriteGuard {
  private static final Logger LOG = LoggerFactory.getLogger(WriteGuard.class);

  private final Path root;
  private final Disk disk;
  private final Repairs repairs;
  private final Map<Path, Set<Path>> doubtful = new LinkedHashMap<>();
  private volatile @Nullable String reason;

  WriteGuard(Path root, Disk disk, Repairs repairs) {
    this.root = root;
    this.disk = disk;
    this.repairs = repairs;
  }

  /** Makes the store read-only because the directory of this placed file could not be forced. */
  void forceFailed(Path placed, IOException failure) {
    Path directory = Layout.directoryOf(placed);
    doubt(directory, "forcing " + directory + " failed: " + failure.getMessage(), placed);
  }

  /** Makes the store read-only because the medium says that it is, of a directory. */
  void refused(Path directory, IOException failure) {
    doubt(directory, "the medium says: " + failure.getMessage());
  }

  /**
   * Lets a writer go on.
   *
   * @throws StoreReadOnlyException if the store is read-only
   */
  void requireWritable() throws StoreReadOnlyException {
    String why = reason;
    if (why != null) {
      throw new StoreReadOnlyException(root + " is read-only: " + why);
    }
  }

  /**
   * Confirms a force that has succeeded in a directory.
   *
   * @throws StoreReadOnlyException if another one failed there meanwhile, so that this one may mean
   *     nothing
   */
  synchronized void requireSound(Path directory) throws StoreReadOnlyException {
    if (doubtful.containsKey(directory)) {
      requireWritable();
    }
  }

  /** Why the store is read-only, if it is. */
  Optional<String> reason() {
    return Optional.ofNullable(reason);
  }

  private synchronized void doubt(Path directory, String why, Path... leftovers) {
    if (reason == null) {
      reason = why;
      LOG.error("{} is read-only until it has been checked: {}", root, why);
    }
    Set<Path> known = doubtful.computeIfAbsent(directory, first -> new LinkedHashSet<>());
    known.addAll(Set.of(leftovers));
    repairs.add(directory, () -> checkAndResume(directory));
  }

  private void checkAndResume(Path directory) throws IOException {
    Set<Path> leftovers = leftovers(directory);
    for (Path leftover : leftovers) {
      disk.deleteIfExists(leftover);
    }
    check(directory);
    resume(directory, leftovers);
  }

  private synchronized Set<Path> leftovers(Path directory) {
    return Set.copyOf(doubtful.getOrDefault(directory, Set.of()));
  }

  private synchronized void resume(Path directory, Set<Path> removed) throws IOException {
    if (!leftovers(directory).equals(removed)) {
      throw new IOException(directory + " failed again while it was checked");
    }
    doubtful.remove(directory);
    if (doubtful.isEmpty()) {
      reason = null;
      LOG.info("{} takes changes again: what had failed has been checked", root);
    }
  }

  private void check(Path directory) throws IOException {
    Path made = directory.resolve("check");
    Path renamed = directory.resolve("check.renamed");
    try (DirectorySync sync = disk.openDirectory(directory)) {
      // Else there might be nothing to write, and a dead disk would force that gladly.
      try (RandomAccessFile probe = disk.openFile(made, "rw")) {
        probe.write(made.toString().getBytes(UTF_8));
        disk.forceFile(probe);
      }
      disk.rename(made, renamed);
      sync.force();
      disk.delete(renamed);
      sync.force();
    } catch (IOException e) {
      removeAfter(e, made);
      removeAfter(e, renamed);
      throw e;
    }
  }

  private void removeAfter(IOException failure, Path probe) {
    try {
      disk.deleteIfExists(probe);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
