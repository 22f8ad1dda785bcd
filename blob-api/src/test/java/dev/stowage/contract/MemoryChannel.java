package dev.stowage.contract;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** Reads an array. */
final class MemoryChannel implements SeekableByteChannel {
  private final byte[] content;
  private long position;
  private volatile boolean open = true;

  MemoryChannel(byte[] content) {
    this.content = content;
  }

  @Override
  public int read(ByteBuffer target) throws ClosedChannelException {
    requireOpen();
    if (position >= content.length) {
      return -1;
    }
    int length = (int) Math.min(target.remaining(), content.length - position);
    target.put(content, (int) position, length);
    position += length;
    return length;
  }

  @Override
  public int write(ByteBuffer source) throws ClosedChannelException {
    requireOpen();
    throw new NonWritableChannelException();
  }

  @Override
  public long position() throws ClosedChannelException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws ClosedChannelException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position is not negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws ClosedChannelException {
    requireOpen();
    return content.length;
  }

  @Override
  public SeekableByteChannel truncate(long size) throws ClosedChannelException {
    requireOpen();
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
  }

  private void requireOpen() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
