package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * All that is done to the files of a store, where a test can watch and fail it. Nothing else in
 * this package touches a file beneath the root.
 */
interface Disk extends Forcing {
  /**
   * Opens a file in a way that no interrupt closes.
   *
   * @param mode one that {@link RandomAccessFile} knows: with "rw" an absent file is made
   */
  RandomAccessFile openFile(Path file, String mode) throws IOException;

  /** Opens a file that exists to be locked, in a way that no interrupt closes. */
  AsynchronousFileChannel openLock(Path file) throws IOException;

  /** Opens a file that exists for reading only. */
  FileChannel openForReading(Path file) throws IOException;

  /** Makes an empty file that does not exist. */
  void createFile(Path file) throws IOException;

  /** Makes a directory that does not exist, in one that does. */
  void createDirectory(Path directory) throws IOException;

  /** Removes a file or an empty directory that exists. */
  void delete(Path path) throws IOException;

  /** Removes a file or an empty directory, if there is one. */
  default void deleteIfExists(Path path) throws IOException {
    try {
      delete(path);
    } catch (NoSuchFileException absent) {
      return;
    }
  }

  /** Reads what is in a directory, in no order, and keeps nothing of it. */
  void list(Path directory, Consumer<Path> each) throws IOException;

  /**
   * Whether there is a file or directory.
   *
   * @throws IOException if that cannot be known, which is not the same as no
   */
  boolean exists(Path path) throws IOException;

  /** How many bytes can still be written to the medium that a directory is on. */
  long usableSpace(Path directory) throws IOException;

  /** The steps as the system does them. */
  static Disk of(FileOptions options) {
    return new SystemDisk(Forcing.of(options));
  }
}
