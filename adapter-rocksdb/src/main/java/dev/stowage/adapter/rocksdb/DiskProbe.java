package dev.stowage.adapter.rocksdb;

import dev.stowage.spi.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Finds out whether a database would open, and take changes again, without closing it first: as
 * long as it would not, the one that is open goes on serving reads.
 */
final class DiskProbe {
  /** What is needed beside a table of all that the logs hold. */
  private static final long MARGIN = 8L << 20;

  private static final int WRITTEN = 64 << 10;

  private final Path directory;

  DiskProbe(Path directory) {
    this.directory = directory;
  }

  /**
   * Writes, forces and deletes a file.
   *
   * @throws IOException if the disk does not do that, or has no room for opening the database
   */
  void run() throws IOException {
    long needed = MARGIN;
    try (DirectoryStream<Path> logs = Files.newDirectoryStream(directory, "*.log")) {
      for (Path log : logs) {
        needed += Files.size(log);
      }
    }
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < needed) {
      throw new NoSpaceException("there is no room for the " + needed + " bytes that it may take");
    }
    Path file = directory.resolve("probe.tmp");
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.allocate(WRITTEN);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    } finally {
      Files.deleteIfExists(file);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
