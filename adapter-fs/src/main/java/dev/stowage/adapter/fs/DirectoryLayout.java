package dev.stowage.adapter.fs;

import dev.stowage.spi.LayoutSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * An OCI image layout in a directory. Its files are not followed if they are links.
 *
 * @param root the directory
 */
record DirectoryLayout(Path root) implements LayoutSource {
  @Override
  public Optional<SeekableByteChannel> open(String name) throws IOException {
    return openFile(root.resolve(name));
  }

  static Optional<SeekableByteChannel> openFile(Path file) throws IOException {
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        try (channel) {
          throw new IOException(file + " is no file");
        }
      }
      return Optional.of(channel);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {}
}
