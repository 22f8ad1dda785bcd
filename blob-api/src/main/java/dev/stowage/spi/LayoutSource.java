package dev.stowage.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** An OCI image layout that is read. Used by one thread. */
public interface LayoutSource extends Closeable {
  /**
   * Opens one of its files.
   *
   * @param name the file's name in the layout, with slashes, such as {@code index.json}
   * @return its bytes; nothing if there is no such file
   * @throws IOException if it cannot be opened, or is something else than a file
   */
  Optional<SeekableByteChannel> open(String name) throws IOException;
}
