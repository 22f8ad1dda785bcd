package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a store read-only from a failed force of a directory until the directory has been checked.
 *
 * <p>The failed force is final: which names it lost nobody knows, and the next force of the same
 * open directory may report a success that means nothing. So the file that was being placed is
 * removed, the directory opened again, and a force with something to write has to succeed. Each
 * attempt to write tries that once.
 */
final class WriteGuard {
  private static final Logger LOG = LoggerFactory.getLogger(WriteGuard.class);

  private final Path root;
  private final Forcing forcing;
  private final Map<Path, IOException> doubtful = new LinkedHashMap<>();

  WriteGuard(Path root, Forcing forcing) {
    this.root = root;
    this.forcing = forcing;
  }

  /** Makes the store read-only because the directory of this placed file could not be forced. */
  synchronized void forceFailed(Path placed, IOException failure) {
    if (doubtful.isEmpty()) {
      LOG.warn(
          "{} is read-only: forcing {} failed: {}", root, placed.getParent(), failure.toString());
    }
    doubtful.put(placed, failure);
  }

  /**
   * Lets a writer go on, after a check if one is due.
   *
   * @throws IOException if the check failed and the store stays read-only
   */
  synchronized void requireWritable() throws IOException {
    if (doubtful.isEmpty()) {
      return;
    }
    for (Path placed : doubtful.keySet().toArray(Path[]::new)) {
      try {
        check(placed);
      } catch (IOException e) {
        throw new IOException(
            root + " is read-only since forcing " + placed.getParent() + " failed", e);
      }
      doubtful.remove(placed);
    }
    LOG.warn("{} takes writes again: what failed has been checked", root);
  }

  private void check(Path placed) throws IOException {
    Path probe = placed.resolveSibling("check");
    Files.deleteIfExists(placed);
    Files.deleteIfExists(probe);
    try (DirectorySync sync = forcing.openDirectory(Layout.directoryOf(placed))) {
      // Else there might be nothing to write, and a dead disk would force that gladly.
      Files.createFile(probe);
      sync.force();
    }
    Files.delete(probe);
  }
}
