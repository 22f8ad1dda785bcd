package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A disk on which a test changes what it wants to. */
class ForwardingDisk implements Disk {
  private final Disk real;

  ForwardingDisk(Disk real) {
    this.real = real;
  }

  @Override
  public RandomAccessFile openFile(Path file, String mode) throws IOException {
    return real.openFile(file, mode);
  }

  @Override
  public AsynchronousFileChannel openLock(Path file) throws IOException {
    return real.openLock(file);
  }

  @Override
  public FileChannel openForReading(Path file) throws IOException {
    return real.openForReading(file);
  }

  @Override
  public void createFile(Path file) throws IOException {
    real.createFile(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    real.createDirectory(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    real.delete(path);
  }

  @Override
  public void list(Path directory, Consumer<Path> each) throws IOException {
    real.list(directory, each);
  }

  @Override
  public boolean exists(Path path) throws IOException {
    return real.exists(path);
  }

  @Override
  public long usableSpace(Path directory) throws IOException {
    return real.usableSpace(directory);
  }

  @Override
  public void forceFile(RandomAccessFile file) throws IOException {
    real.forceFile(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    real.rename(from, to);
  }

  @Override
  public DirectorySync openDirectory(Path directory) throws IOException {
    return real.openDirectory(directory);
  }
}
