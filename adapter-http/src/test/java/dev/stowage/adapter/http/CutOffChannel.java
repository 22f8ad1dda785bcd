package dev.stowage.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Content of some size, of which only the first bytes can be read. */
final class CutOffChannel implements SeekableByteChannel {
  private final long size;
  private final long readable;
  private long position;
  private volatile boolean closed;

  CutOffChannel(long size, long readable) {
    this.size = size;
    this.readable = readable;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= readable) {
      throw new IOException("/secret: Input/output error");
    }
    int count = (int) Math.min(target.remaining(), readable - position);
    target.put(new byte[count]);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
