package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;

/** Copying a known number of bytes. */
final class ContentCopy {
  private static final int BUFFER = 256 * 1024;

  private ContentCopy() {}

  /**
   * Appends content to a file.
   *
   * @throws IOException if it has more or fewer bytes, or one side fails
   */
  static void exactly(long size, ReadableByteChannel content, FileChannel file, String name)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, size + 1));
    long copied = 0;
    while (content.read(buffer) >= 0) {
      copied += buffer.position();
      if (copied > size) {
        break;
      }
      writeFully(file, buffer.flip());
      buffer.clear();
    }
    if (copied != size) {
      throw new IOException(name + " has not " + size + " bytes");
    }
  }

  static void writeFully(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }
}
