package dev.stowage.adapter.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A file that is open for reading, and tells in which way its bytes left. */
final class WatchedFile extends FileChannel {
  private final FileChannel file;
  private final AtomicLong transferred = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final CountDownLatch closed = new CountDownLatch(1);

  WatchedFile(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.READ);
  }

  /** How many bytes went to a socket without a copy. */
  long transferred() {
    return transferred.get();
  }

  /** How many bytes were read into buffers. */
  long read() {
    return read.get();
  }

  boolean isClosedSoon() throws InterruptedException {
    return closed.await(30, TimeUnit.SECONDS);
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    long sent = file.transferTo(position, count, target);
    transferred.addAndGet(sent);
    return sent;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = file.read(target);
    read.addAndGet(Math.max(0, count));
    return count;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return file.read(target, position);
  }

  @Override
  public long position() throws IOException {
    return file.position();
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    file.position(newPosition);
    return this;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  protected void implCloseChannel() throws IOException {
    closed.countDown();
    file.close();
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer source, long position) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileChannel truncate(long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void force(boolean metaData) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
