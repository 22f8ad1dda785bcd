package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The steps that make received bytes a durable file, where a test can watch and fail them. */
interface Forcing {
  /** Makes a file's bytes durable, through the open file that wrote them. */
  void forceFile(RandomAccessFile file) throws IOException;

  /** Gives a file its final name, in one step. */
  void rename(Path from, Path to) throws IOException;

  /** Opens a directory in which a name is about to be made. */
  DirectorySync openDirectory(Path directory) throws IOException;

  /** The steps as the system does them. */
  static Forcing of(FileOptions options) {
    return new Forcing() {
      @Override
      public void forceFile(RandomAccessFile file) throws IOException {
        file.getFD().sync();
      }

      @Override
      public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
      }

      @Override
      public DirectorySync openDirectory(Path directory) throws IOException {
        return options.directorySync() ? DirectorySync.open(directory) : DirectorySync.none();
      }
    };
  }
}
