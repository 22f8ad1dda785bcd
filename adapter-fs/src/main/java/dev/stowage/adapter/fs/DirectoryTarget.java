package dev.stowage.adapter.fs;

import dev.stowage.spi.LayoutTarget;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** An OCI image layout that becomes a directory: written beside its place, and then moved there. */
final class DirectoryTarget implements LayoutTarget {
  private final Path target;
  private final Path unfinished;
  private final Set<Path> directories = new LinkedHashSet<>();
  private boolean finished;

  private DirectoryTarget(Path target, Path unfinished) {
    this.target = target;
    this.unfinished = unfinished;
  }

  static DirectoryTarget create(Path target) throws IOException {
    if (LocalContent.isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path parent = Layout.directoryOf(target);
    Files.createDirectories(parent);
    return new DirectoryTarget(
        target, Files.createTempDirectory(parent, target.getFileName() + ".unfinished-"));
  }

  @Override
  public void add(String name, long size, ReadableByteChannel content) throws IOException {
    Path file = unfinished.resolve(name);
    directories.add(unfinished);
    for (Path above = Layout.directoryOf(file);
        !above.equals(unfinished) && directories.add(above);
        above = Layout.directoryOf(above)) {
      Files.createDirectories(above);
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ContentCopy.exactly(size, content, channel, name);
      channel.force(true);
    }
  }

  @Override
  public void finish() throws IOException {
    for (Path each : directories) {
      force(each);
    }
    if (LocalContent.isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.setPosixFilePermissions(
        unfinished, Files.getPosixFilePermissions(unfinished.resolve("blobs")));
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
    force(Layout.directoryOf(target));
  }

  @Override
  public void close() throws IOException {
    if (finished) {
      return;
    }
    List<Path> left;
    try (Stream<Path> walk = Files.walk(unfinished)) {
      left = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : left) {
      Files.delete(each);
    }
  }

  static void force(Path directory) throws IOException {
    try (DirectorySync sync = DirectorySync.open(directory)) {
      sync.force();
    }
  }
}
