package dev.stowage.core.migrate;

import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A buffer's bytes as a channel. */
final class BufferChannel implements ReadableByteChannel {
  private final ByteBuffer content;

  BufferChannel(ByteBuffer content) {
    this.content = content.duplicate();
  }

  @Override
  public int read(ByteBuffer target) {
    if (!content.hasRemaining()) {
      return -1;
    }
    int count = Math.min(target.remaining(), content.remaining());
    target.put(content.slice().limit(count));
    content.position(content.position() + count);
    return count;
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
