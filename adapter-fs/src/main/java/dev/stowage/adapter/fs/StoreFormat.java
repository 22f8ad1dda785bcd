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
  private final Forcing forcing;

  StoreFormat(Layout layout, Forcing forcing) {
    this.layout = layout;
    this.forcing = forcing;
  }

  /**
   * Makes what is missing of the directories, and the marker last. What a crash left half made, or
   * a copy without its empty directories, is completed.
   *
   * @throws IOException if the marker says another format, or the medium fails
   */
  void prepare() throws IOException {
    boolean marked = Layout.exists(layout.format());
    if (marked) {
      check();
    }
    makeDirectories();
    if (!marked) {
      mark();
    }
  }

  /** Makes a directory and its parents durably, where they are missing. */
  static void makeDirectory(Path directory, Forcing forcing) throws IOException {
    Path parent = directory.toAbsolutePath().getParent();
    if (parent == null || Files.isDirectory(directory)) {
      return;
    }
    makeDirectory(parent, forcing);
    try (DirectorySync sync = forcing.openDirectory(parent)) {
      createDirectory(directory);
      sync.force();
    }
  }

  private void makeDirectories() throws IOException {
    Path algorithms = Layout.directoryOf(layout.blobs());
    try (DirectorySync root = forcing.openDirectory(layout.root())) {
      createDirectory(algorithms);
      createDirectory(layout.uploads());
      try (DirectorySync above = forcing.openDirectory(algorithms)) {
        createDirectory(layout.blobs());
        makeShards();
        above.force();
      }
      root.force();
    }
  }

  private void makeShards() throws IOException {
    try (DirectorySync sync = forcing.openDirectory(layout.blobs())) {
      for (int shard = 0; shard < Layout.SHARDS; shard++) {
        createDirectory(layout.shard(shard));
      }
      // At every opening: the one that made them may have been killed before it could force them.
      sync.force();
    }
  }

  private static void createDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    try {
      Files.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      // Another process may open the same directory for the first time; a file is no such case.
      if (!Files.isDirectory(directory)) {
        throw e;
      }
    }
  }

  private void check() throws IOException {
    String found;
    try (RandomAccessFile file = new RandomAccessFile(layout.format().toFile(), "r")) {
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
    try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
      file.setLength(0);
      file.write((CURRENT + "\n").getBytes(StandardCharsets.UTF_8));
      forcing.forceFile(file);
    }
    try (DirectorySync sync = forcing.openDirectory(layout.root())) {
      forcing.rename(unfinished, layout.format());
      sync.force();
    }
  }
}
