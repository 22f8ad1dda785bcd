package dev.stowage.adapter.fs;

import dev.stowage.spi.LayoutTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * An OCI image layout that becomes a tar archive: written beside its place, and then moved there.
 */
final class TarTarget implements LayoutTarget {
  private final Path target;
  private final Path unfinished;
  private final FileChannel channel;
  private final Set<String> directories = new HashSet<>();
  private boolean finished;

  private TarTarget(Path target, Path unfinished, FileChannel channel) {
    this.target = target;
    this.unfinished = unfinished;
    this.channel = channel;
  }

  static TarTarget create(Path target) throws IOException {
    if (LocalContent.isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Path parent = Layout.directoryOf(target);
    Files.createDirectories(parent);
    Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    return new TarTarget(
        target,
        unfinished,
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  @Override
  public void add(String name, long size, ReadableByteChannel content) throws IOException {
    for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      String directory = name.substring(0, slash + 1);
      if (directories.add(directory)) {
        ContentCopy.writeFully(channel, TarHeader.of(directory, 0));
      }
    }
    ContentCopy.writeFully(channel, TarHeader.of(name, size));
    ContentCopy.exactly(size, content, channel, name);
    ContentCopy.writeFully(channel, ByteBuffer.allocate(TarHeader.padding(size)));
  }

  @Override
  public void finish() throws IOException {
    ContentCopy.writeFully(channel, ByteBuffer.allocate(2 * TarHeader.BLOCK));
    channel.force(true);
    channel.close();
    if (LocalContent.isTaken(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    finished = true;
    DirectoryTarget.force(Layout.directoryOf(target));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!finished) {
      Files.deleteIfExists(unfinished);
    }
  }
}
