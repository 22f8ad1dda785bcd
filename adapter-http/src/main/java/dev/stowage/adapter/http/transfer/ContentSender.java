package dev.stowage.adapter.http.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends pieces of a channel's content as a response's body, one pooled buffer at a time; no thread
 * waits for the client. The channel is closed and the buffer given back however it ends.
 */
final class ContentSender extends IteratingCallback {
  private static final Logger LOG = LoggerFactory.getLogger(ContentSender.class);

  private final Response response;
  private final SeekableByteChannel channel;
  private final SendBuffers buffers;
  private final RateFloor floor;
  private final Callback callback;
  private final Components components;
  private final Iterator<Segment> segments;
  private ByteBuffer prefix = ByteBuffer.allocate(0);
  private RetainableByteBuffer.@Nullable Mutable buffer;
  private int bufferSize;
  private long position;
  private long end;
  private long left;
  private boolean begun;
  private long writtenAt;
  private Scheduler.@Nullable Task deadline;

  ContentSender(
      Response response,
      SeekableByteChannel channel,
      List<Segment> segments,
      SendBuffers buffers,
      RateFloor floor,
      Callback callback) {
    this.response = response;
    this.channel = channel;
    this.buffers = buffers;
    this.floor = floor;
    this.callback = callback;
    this.segments = segments.iterator();
    this.left = segments.stream().mapToLong(Segment::length).sum();
    this.components = response.getRequest().getComponents();
  }

  @Override
  public InvocationType getInvocationType() {
    // The next piece is read from the disk.
    return InvocationType.BLOCKING;
  }

  @Override
  protected Action process() throws IOException {
    endOfWrite();
    if (left == 0 && begun) {
      return Action.SUCCEEDED;
    }
    // The first write carries the header, so there is one for an empty body too.
    begun = true;
    ByteBuffer bytes = fill();
    left -= bytes.remaining();
    floor.moved(bytes.remaining());
    startOfWrite();
    response.write(left == 0, bytes, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleted(@Nullable Throwable failure) {
    endOfWrite();
    if (buffer != null) {
      buffer.release();
    }
    buffers.giveBack(bufferSize);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.warn("content could not be closed", e);
    }
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }

  private ByteBuffer fill() throws IOException {
    if (buffer == null) {
      bufferSize = buffers.take(left);
      buffer = components.getByteBufferPool().acquire(bufferSize, true);
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
      // Where the status has been sent, the client sees a body that is cut short.
      LOG.error("content could not be read while it was sent", e);
      throw new UnreadableContentException(e);
    } finally {
      bytes.limit(limit);
    }
  }

  private void startOfWrite() {
    writtenAt = System.nanoTime();
    long nanosLeft = floor.nanosLeft();
    if (nanosLeft < Long.MAX_VALUE) {
      deadline = components.getScheduler().schedule(this::tooSlow, nanosLeft, TimeUnit.NANOSECONDS);
    }
  }

  private void endOfWrite() {
    if (deadline != null) {
      deadline.cancel();
      deadline = null;
      floor.waited(System.nanoTime() - writtenAt);
    }
  }

  private void tooSlow() {
    response
        .getRequest()
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint()
        .close(new TimeoutException("the client takes the body too slowly"));
  }

  /** A failure that has been logged, which the server need not do again. */
  private static final class UnreadableContentException extends IOException
      implements QuietException {
    private static final long serialVersionUID = 1L;

    UnreadableContentException(IOException cause) {
      super(cause);
    }
  }
}
