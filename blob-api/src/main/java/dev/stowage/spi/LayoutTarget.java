package dev.stowage.spi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/**
 * An OCI image layout that is written. It has its name only once it is finished; one that is closed
 * before leaves nothing. Used by one thread.
 */
public interface LayoutTarget extends Closeable {
  /**
   * Adds a file.
   *
   * @param name its name in the layout, with slashes; each is added once
   * @param size how many bytes it has
   * @param content its bytes
   * @throws IOException if the content cannot be read, has another size, or cannot be written
   */
  void add(String name, long size, ReadableByteChannel content) throws IOException;

  /**
   * Makes everything durable, under its name.
   *
   * @throws IOException if that fails
   */
  void finish() throws IOException;
}
