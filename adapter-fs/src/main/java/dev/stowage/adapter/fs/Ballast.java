package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is of no use but for the space that it takes: thrown off when the disk is really
 * full, so that there is room for the facts of a deletion, and made again when there is space.
 */
final class Ballast {
  private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
  private static final long LARGEST = 16 << 20;
  private static final int PART_OF_RESERVE = 64;
  private static final int CHUNK = 64 << 10;

  private final Path file;
  private final Disk disk;
  private final long size;

  /** The ballast that goes with a reserve of free space, in bytes. */
  Ballast(Path file, Disk disk, long reserve) {
    this.file = file;
    this.disk = disk;
    this.size = Math.min(LARGEST, reserve / PART_OF_RESERVE);
  }

  /** How many bytes it takes. */
  long size() {
    return size;
  }

  /** Frees the space, if there is any ballast. */
  synchronized void free() throws IOException {
    if (disk.exists(file)) {
      disk.delete(file);
      LOG.warn("{} is removed, since the disk is full", file);
    }
  }

  /** Takes the space, unless it is taken. */
  synchronized void make() throws IOException {
    if (size == 0) {
      return;
    }
    try (RandomAccessFile open = disk.openFile(file, "rw")) {
      if (open.length() != size) {
        open.setLength(0);
        fill(open);
      }
    } catch (IOException e) {
      disk.deleteIfExists(file);
      throw e;
    }
  }

  /** With what no file system takes for a hole, or can keep in less space. */
  private void fill(RandomAccessFile open) throws IOException {
    Random random = new Random(size);
    byte[] chunk = new byte[CHUNK];
    for (long left = size; left > 0; left -= chunk.length) {
      random.nextBytes(chunk);
      open.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
  }
}
