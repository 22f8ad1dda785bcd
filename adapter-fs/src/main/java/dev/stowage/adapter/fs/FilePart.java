package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A part of a file as a channel of its own, which leaves the file open when it is closed. */
final class FilePart implements SeekableByteChannel {
  private final FileChannel file;
  private final TarIndex.Extent extent;
  private long position;
  private boolean open = true;

  FilePart(FileChannel file, TarIndex.Extent extent) {
    this.file = file;
    this.extent = extent;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    requireOpen();
    long left = extent.size() - position;
    if (left <= 0) {
      return -1;
    }
    int limit = target.limit();
    target.limit((int) Math.min(limit, target.position() + left));
    try {
      int read = file.read(target, extent.offset() + position);
      if (read < 0) {
        throw new IOException("the archive became shorter while it was read");
      }
      position += read;
      return read;
    } finally {
      target.limit(limit);
    }
  }

  @Override
  public long position() throws IOException {
    requireOpen();
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) throws IOException {
    requireOpen();
    if (newPosition < 0) {
      throw new IllegalArgumentException("a position is not negative: " + newPosition);
    }
    position = newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    requireOpen();
    return extent.size();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
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

  private void requireOpen() throws IOException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
