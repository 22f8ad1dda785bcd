package dev.stowage.adapter.http.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * A request's body as a channel that waits for its bytes.
 *
 * <p>Nothing is read before the first call, so that a client that asked whether to go on (RFC 9110,
 * section 10.1.1) hears yes only from an operation that wants the body. A read takes what has
 * arrived and waits only if that is nothing. For one thread at a time.
 */
public final class RequestBody implements ReadableByteChannel {
  private static final int FIRST_BUFFER = 16 * 1024;

  private final Content.Source source;
  private final RateFloor floor;
  private final Semaphore arrived = new Semaphore(0);
  private final Invocable.Task onArrival =
      Invocable.from(Invocable.InvocationType.NON_BLOCKING, arrived::release);
  private Content.@Nullable Chunk chunk;
  private @Nullable IOException failure;
  private boolean begun;
  private boolean ended;
  private boolean closed;

  /**
   * The body that a source gives.
   *
   * @param source the request
   * @param floor how slow the client may be
   */
  public RequestBody(Content.Source source, RateFloor floor) {
    this.source = source;
    this.floor = floor;
  }

  /**
   * Reads into a buffer.
   *
   * @throws BodyFailedException if the body will not come to its end
   * @throws InterruptedIOException if this thread is interrupted while it waits
   */
  @Override
  public int read(ByteBuffer target) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (failure != null) {
      throw failure;
    }
    int before = target.remaining();
    while (target.hasRemaining() && !ended && next(target.remaining() == before)) {
      copy(target);
    }
    int read = before - target.remaining();
    floor.moved(read);
    return read == 0 && ended && before > 0 ? -1 : read;
  }

  /**
   * Reads the whole body into memory, or as much as shows that it is too long. The memory grows
   * with what arrives, whatever was announced.
   *
   * @param announced its length, if it was announced, or -1
   * @param limit the most bytes that the caller will take
   * @param memory what it takes
   * @return at most {@code limit + 1} bytes
   * @throws IOException as {@link #read} does
   */
  public ByteBuffer readUpTo(long announced, int limit, BodyMemory.Held memory) throws IOException {
    int most = (int) Math.min(limit + 1L, announced < 0 ? Long.MAX_VALUE : announced);
    ByteBuffer bytes = ByteBuffer.allocate(Math.min(most, FIRST_BUFFER));
    while (true) {
      while (bytes.hasRemaining()) {
        if (read(bytes) < 0) {
          return bytes.flip();
        }
      }
      if (bytes.capacity() == most) {
        return bytes.flip();
      }
      int larger = (int) Math.min(most, 4L * bytes.capacity());
      memory.growTo(larger);
      bytes = ByteBuffer.allocate(larger).put(bytes.flip());
    }
  }

  /** Takes in and forgets what is left of the body, but not more than some bytes of it. */
  public void discardUpTo(long limit) throws IOException {
    ByteBuffer nowhere = ByteBuffer.allocate(8192);
    long left = limit;
    while (left > 0) {
      int read = read(nowhere.clear());
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  /** Whether the client was asked for the body; one that waits to be asked then sends it. */
  public boolean isBegun() {
    return begun;
  }

  /** Whether the body has failed, so that nothing more of the connection can be relied on. */
  public boolean isFailed() {
    return failure != null;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  /** Lets go of what was read and not taken. The request is not failed by this. */
  @Override
  public void close() {
    closed = true;
    release();
  }

  /** Makes a chunk with bytes the current one; false if there is none and none is waited for. */
  private boolean next(boolean wait) throws IOException {
    while (chunk == null || !chunk.hasRemaining()) {
      if (chunk != null && chunk.isLast()) {
        ended = true;
        release();
        return false;
      }
      release();
      begun = true;
      chunk = source.read();
      if (chunk == null) {
        if (!wait) {
          return false;
        }
        await();
      } else if (Content.Chunk.isFailure(chunk)) {
        BodyFailedException failed = failed(chunk.getFailure());
        if (wait) {
          throw failed;
        }
        // What came before the failure is given out first; the next read has the failure.
        return false;
      }
    }
    return true;
  }

  private void copy(ByteBuffer target) {
    if (chunk == null) {
      return;
    }
    ByteBuffer bytes = chunk.getByteBuffer();
    int count = Math.min(bytes.remaining(), target.remaining());
    target.put(bytes.duplicate().limit(bytes.position() + count));
    bytes.position(bytes.position() + count);
    if (!bytes.hasRemaining() && chunk.isLast()) {
      ended = true;
      release();
    }
  }

  private void await() throws IOException {
    long since = System.nanoTime();
    source.demand(onArrival);
    try {
      arrived.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      failure = interrupted;
      source.fail(interrupted);
      throw interrupted;
    }
    floor.waited(System.nanoTime() - since);
    if (floor.isBroken()) {
      throw failed(new TimeoutException("the body comes too slowly"));
    }
  }

  private BodyFailedException failed(@Nullable Throwable cause) {
    BodyFailedException failed =
        new BodyFailedException(cause == null ? new EOFException() : cause);
    chunk = null;
    failure = failed;
    source.fail(failed);
    return failed;
  }

  private void release() {
    if (chunk != null) {
      chunk.release();
      chunk = null;
    }
  }
}
