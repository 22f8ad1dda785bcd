package dev.stowage.adapter.fs;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;

/** Files as the system has them. */
final class SystemDisk implements Disk {
  private final Forcing forcing;

  SystemDisk(Forcing forcing) {
    this.forcing = forcing;
  }

  @Override
  public RandomAccessFile openFile(Path file, String mode) throws IOException {
    return new RandomAccessFile(file.toFile(), mode);
  }

  @Override
  public AsynchronousFileChannel openLock(Path file) throws IOException {
    return AsynchronousFileChannel.open(file, StandardOpenOption.WRITE);
  }

  @Override
  public FileChannel openForReading(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  @Override
  public void createFile(Path file) throws IOException {
    Files.createFile(file);
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    Files.delete(path);
  }

  @Override
  public void list(Path directory, Consumer<Path> each) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      names.forEach(each);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public boolean exists(Path path) throws IOException {
    try {
      Files.readAttributes(path, BasicFileAttributes.class);
      return true;
    } catch (NoSuchFileException absent) {
      return false;
    }
  }

  @Override
  public long usableSpace(Path directory) throws IOException {
    return Files.getFileStore(directory).getUsableSpace();
  }

  @Override
  public void forceFile(RandomAccessFile file) throws IOException {
    forcing.forceFile(file);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    forcing.rename(from, to);
  }

  @Override
  public DirectorySync openDirectory(Path directory) throws IOException {
    return forcing.openDirectory(directory);
  }
}
