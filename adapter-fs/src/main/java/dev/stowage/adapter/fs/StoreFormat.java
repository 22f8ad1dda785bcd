package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a directory a store of blobs, or finds out that it is one that can be read here. */
final class StoreFormat {
  static final String CURRENT = "stowage-files 1";

  private static final int LONGEST_QUOTED = 60;

  private final Layout layout;
  private final Disk disk;

  StoreFormat(Layout layout, Disk disk) {
    this.layout = layout;
    this.disk = disk;
  }

  /**
   * Makes what is missing of the directories, and the marker last. What a crash left half made, or
   * a copy without its empty directories, is completed.
   *
   * @throws IOException if the marker says another format, or the medium fails
   */
  void prepare() throws IOException {
    boolean marked = disk.exists(layout.format());
    if (marked) {
      check();
    }
    makeDirectories();
    if (!marked) {
      mark();
    }
  }

  /** Makes a directory and its parents durably, where they are missing. */
  static void makeDirectory(Path directory, Disk disk) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(directory)) {
      return;
    }
    makeDirectory(parent, disk);
    try (DirectorySync sync = disk.openDirectory(parent)) {
      createDirectory(directory, disk);
      sync.force();
    }
  }

  private void makeDirectories() throws IOException {
    Path algorithms = Layout.directoryOf(layout.blobs());
    try (DirectorySync root = disk.openDirectory(layout.root())) {
      createDirectory(algorithms, disk);
      createDirectory(layout.uploads(), disk);
      try (DirectorySync above = disk.openDirectory(algorithms)) {
        createDirectory(layout.blobs(), disk);
        makeShards();
        above.force();
      }
      root.force();
    }
  }

  private void makeShards() throws IOException {
    try (DirectorySync sync = disk.openDirectory(layout.blobs())) {
      for (int shard = 0; shard < Layout.SHARDS; shard++) {
        createDirectory(layout.shard(shard), disk);
      }
      // At every opening: the one that made them may have been killed before it could force them.
      sync.force();
    }
  }

  private static void createDirectory(Path directory, Disk disk) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      disk.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      // Another process may open the same directory for the first time; a file is no such case.
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private void check() throws IOException {
    String found;
    try (RandomAccessFile file = disk.openFile(layout.format(), "r")) {
      byte[] start = new byte[(int) Math.min(file.length(), LONGEST_QUOTED)];
      file.readFully(start);
      found = new String(start, StandardCharsets.UTF_8).strip();
    }
    if (!found.equals(CURRENT)) {
      throw new IOException(
          String.format(
              "%s is in the format \"%s\", and this version reads only \"%s\"",
              layout.root(), found, CURRENT));
    }
  }

  private void mark() throws IOException {
    Path unfinished = layout.root().resolve("format.new");
    try (RandomAccessFile file = disk.openFile(unfinished, "rw")) {
      file.setLength(0);
      file.write((CURRENT + "\n").getBytes(StandardCharsets.UTF_8));
      disk.forceFile(file);
    }
    try (DirectorySync sync = disk.openDirectory(layout.root())) {
      disk.rename(unfinished, layout.format());
      sync.force();
    }
  }
}
