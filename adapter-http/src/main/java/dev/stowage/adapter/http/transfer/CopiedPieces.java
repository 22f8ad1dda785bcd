package dev.stowage.adapter.http.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.List;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read from a channel into a pooled buffer: right for every channel and connection.
 */
final class CopiedPieces implements Pieces {
  private final SeekableByteChannel channel;
  private final Iterator<Segment> segments;
  private final SendBuffers buffers;
  private final ByteBufferPool pool;
  private final long length;
  private ByteBuffer prefix = ByteBuffer.allocate(0);
  private RetainableByteBuffer.@Nullable Mutable buffer;
  private int bufferSize;
  private long position;
  private long end;

  CopiedPieces(
      SeekableByteChannel channel,
      List<Segment> segments,
      SendBuffers buffers,
      ByteBufferPool pool) {
    this.channel = channel;
    this.segments = segments.iterator();
    this.buffers = buffers;
    this.pool = pool;
    this.length = segments.stream().mapToLong(Segment::length).sum();
  }

  @Override
  public ByteBuffer next() throws IOException {
    if (buffer == null) {
      bufferSize = buffers.take(length);
      buffer = pool.acquire(bufferSize, true);
    }
    ByteBuffer bytes = buffer.getByteBuffer();
    bytes.clear().limit(Math.min(bytes.capacity(), bufferSize));
    while (bytes.hasRemaining() && advance()) {
      if (prefix.hasRemaining()) {
        int count = Math.min(prefix.remaining(), bytes.remaining());
        bytes.put(prefix.duplicate().limit(prefix.position() + count));
        prefix.position(prefix.position() + count);
      } else {
        readPart(bytes);
      }
    }
    return bytes.flip();
  }

  @Override
  public void written() {
    // The buffer itself went to the connection.
  }

  @Override
  public void close() throws IOException {
    if (buffer != null) {
      buffer.release();
    }
    buffers.giveBack(bufferSize);
    channel.close();
  }

  /** Goes to the next segment that has bytes, if the current one has none left. */
  private boolean advance() {
    while (!prefix.hasRemaining() && position == end) {
      if (!segments.hasNext()) {
        return false;
      }
      Segment segment = segments.next();
      prefix = segment.prefixBytes();
      position = segment.part().offset();
      end = segment.part().end();
    }
    return true;
  }

  private void readPart(ByteBuffer bytes) throws IOException {
    int limit = bytes.limit();
    bytes.limit((int) Math.min(limit, bytes.position() + (end - position)));
    try {
      int read = channel.position(position).read(bytes);
      if (read < 0) {
        throw new EOFException("content ended " + (end - position) + " bytes early");
      }
      position += read;
    } catch (IOException e) {
      throw Pieces.unreadable(e);
    } finally {
      bytes.limit(limit);
    }
  }
}
