package dev.stowage.adapter.fs;

import dev.stowage.spi.LayoutSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;

/** An OCI image layout in a tar archive, whose entries are read where they lie. */
final class TarLayout implements LayoutSource {
  private final FileChannel archive;
  private final Map<String, TarIndex.Extent> entries;

  private TarLayout(FileChannel archive, Map<String, TarIndex.Extent> entries) {
    this.archive = archive;
    this.entries = entries;
  }

  static TarLayout open(Path file) throws IOException {
    FileChannel archive = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new TarLayout(archive, new TarIndex(archive).read());
    } catch (IOException e) {
      try (archive) {
        throw new IOException(file + ": " + e.getMessage(), e);
      }
    } catch (RuntimeException | Error e) {
      try (archive) {
        throw e;
      }
    }
  }

  @Override
  public Optional<SeekableByteChannel> open(String name) {
    return Optional.ofNullable(entries.get(name)).map(each -> new FilePart(archive, each));
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
