package dev.stowage.adapter.rocksdb;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native code so that no file of it stays behind. RocksDB itself leaves its copy to
 * the end of the JVM to delete, which a kill or a halt never comes to: 16 MB each time.
 */
final class NativeLibrary {
  /** Names a directory in which the copy stays; RocksDB reads it too. */
  private static final String OWN_DIRECTORY = "ROCKSDB_SHAREDLIB_DIR";

  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /**
   * Loads the library, or finds it loaded.
   *
   * @throws IOException if it cannot be loaded; the message tells the way out
   */
  static void load() throws IOException {
    try {
      if (System.getenv(OWN_DIRECTORY) == null && !isUnpacked()) {
        loadWithoutATrace();
      }
      RocksDB.loadLibrary();
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new IOException(
          "RocksDB's native library cannot be loaded: "
              + e.getMessage()
              + ". Way out: set "
              + OWN_DIRECTORY
              + " to a directory that can be written to and that is not mounted noexec",
          e);
    }
  }

  /**
   * Unpacks the library into a directory. Where {@code java.library.path} names that directory, it
   * is loaded from there.
   */
  static void unpack(Path directory) throws IOException {
    String name = fileName();
    try (InputStream packed = RocksDB.class.getResourceAsStream("/" + name)) {
      if (packed == null) {
        throw new IOException("RocksDB has no native library " + name + " for this machine");
      }
      Files.copy(packed, directory.resolve(name));
    }
  }

  private static boolean isUnpacked() {
    return Stream.of(System.getProperty("java.library.path", "").split(File.pathSeparator))
        .anyMatch(directory -> new File(directory, fileName()).exists());
  }

  private static String fileName() {
    return Environment.getJniLibraryFileName("rocksdb");
  }

  private static void loadWithoutATrace() throws IOException {
    Path directory = Files.createTempDirectory("stowage-rocksdb");
    try {
      NativeLibraryLoader.getInstance().loadLibrary(directory.toString());
    } finally {
      delete(directory);
    }
  }

  /** What is loaded stays mapped without its file, where the system lets it be deleted. */
  private static void delete(Path directory) {
    File[] files = directory.toFile().listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (!file.delete()) {
        LOG.debug("{} is deleted when the JVM ends", file);
      }
    }
    if (!directory.toFile().delete()) {
      directory.toFile().deleteOnExit();
    }
  }
}
