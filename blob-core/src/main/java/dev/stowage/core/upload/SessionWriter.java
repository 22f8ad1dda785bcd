package dev.stowage.core.upload;

import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;

/** One request's hold on an upload session. */
final class SessionWriter implements BlobWriter {
  private static final int BUFFER = 256 * 1024;

  private final UploadSession session;
  private final Uploads uploads;
  private boolean open = true;

  SessionWriter(UploadSession session, Uploads uploads) {
    this.session = session;
    this.uploads = uploads;
  }

  @Override
  public UploadId id() {
    return session.id();
  }

  @Override
  public Instant startedAt() {
    return session.fact().startedAt();
  }

  @Override
  public long size() {
    return session.size();
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    refuseIfClosed();
    return session.write(this, source);
  }

  @Override
  public long transferFrom(ReadableByteChannel source) throws IOException {
    refuseIfClosed();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long total = 0;
    while (source.read(buffer) >= 0) {
      total += session.write(this, buffer.flip());
      buffer.clear();
    }
    return total;
  }

  @Override
  public void transferFrom(ReadableByteChannel source, long offset, long length)
      throws IOException {
    refuseIfClosed();
    if (length < 0) {
      throw new IllegalArgumentException("a chunk's length is not negative: " + length);
    }
    long begin = session.beginChunk(this);
    try {
      if (offset != begin) {
        throw new ChunkOutOfOrderException(id(), begin, offset);
      }
      copyExactly(source, length);
      session.completeChunk(this);
    } catch (IOException | RuntimeException e) {
      try {
        session.abandonChunk(this);
      } catch (IOException | RuntimeException abandoning) {
        e.addSuppressed(abandoning);
      }
      throw e;
    }
  }

  @Override
  public Descriptor commit(Provisional claim) throws IOException {
    refuseIfClosed();
    try {
      return session.commit(this, claim);
    } finally {
      if (session.isEnded()) {
        close();
      }
    }
  }

  @Override
  public void cancel() throws IOException {
    if (open) {
      try {
        session.cancel(this);
      } finally {
        if (session.isEnded()) {
          close();
        }
      }
    }
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    if (open) {
      open = false;
      uploads.release(this, session);
    }
  }

  private void copyExactly(ReadableByteChannel source, long length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    long copied = 0;
    while (source.read(spaceFor(length - copied, buffer)) >= 0) {
      copied += buffer.position();
      if (copied > length) {
        throw new InvalidLengthException(length, copied);
      }
      session.write(this, buffer.flip());
    }
    if (copied < length) {
      throw new InvalidLengthException(length, copied);
    }
  }

  /** One byte more than is missing is asked for, so that a longer source is noticed. */
  private static ByteBuffer spaceFor(long missing, ByteBuffer buffer) {
    buffer.clear();
    return missing < buffer.capacity() ? buffer.limit((int) missing + 1) : buffer;
  }

  private void refuseIfClosed() throws ClosedChannelException {
    if (!open) {
      throw new ClosedChannelException();
    }
  }
}
