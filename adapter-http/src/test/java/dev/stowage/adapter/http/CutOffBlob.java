package dev.stowage.adapter.http;

import dev.stowage.Actor;
import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** A registry of one blob, the end of which cannot be read. */
final class CutOffBlob implements Registry {
  private final FailingChannel channel;
  private final Repository repository;

  /** A blob of some size, of which only the first bytes are readable. */
  CutOffBlob(long size, long readable) {
    channel = new FailingChannel(size, readable);
    Descriptor descriptor =
        new Descriptor(MediaType.OCTET_STREAM, size, Digest.canonical(ByteBuffer.allocate(0)));
    BlobStore blobs =
        proxy(
            BlobStore.class, (self, method, args) -> new BlobDelivery.Content(descriptor, channel));
    repository = proxy(Repository.class, (self, method, args) -> blobs);
  }

  boolean isClosed() {
    return !channel.isOpen();
  }

  @Override
  public Registry as(Actor actor) {
    return this;
  }

  @Override
  public Repository repository(RepositoryName name) {
    return repository;
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit) {
    return Page.empty();
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(CutOffBlob.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static final class FailingChannel implements SeekableByteChannel {
    private final long size;
    private final long readable;
    private long position;
    private volatile boolean closed;

    FailingChannel(long size, long readable) {
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
}
