package dev.stowage.adapter.http.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends content as a response's body, one piece at a time; no thread waits for the client. The
 * content is closed however this ends.
 */
final class ContentSender extends IteratingCallback {
  private static final Logger LOG = LoggerFactory.getLogger(ContentSender.class);

  private final Response response;
  private final Pieces pieces;
  private final RateFloor floor;
  private final Callback callback;
  private long left;
  private boolean begun;
  private long writtenAt;
  private Scheduler.@Nullable Task deadline;

  /**
   * A sender that has not begun.
   *
   * @param length how many bytes the pieces have together
   */
  ContentSender(Response response, Pieces pieces, long length, RateFloor floor, Callback callback) {
    this.response = response;
    this.pieces = pieces;
    this.left = length;
    this.floor = floor;
    this.callback = callback;
  }

  @Override
  public InvocationType getInvocationType() {
    // The next piece is read from the disk.
    return InvocationType.BLOCKING;
  }

  @Override
  protected Action process() throws IOException {
    endOfWrite();
    if (begun) {
      pieces.written();
    }
    if (left == 0 && begun) {
      return Action.SUCCEEDED;
    }
    // The first write carries the header, so there is one for an empty body too.
    begun = true;
    ByteBuffer bytes = pieces.next();
    left -= bytes.remaining();
    floor.moved(bytes.remaining());
    startOfWrite();
    response.write(left == 0, bytes, this);
    return Action.SCHEDULED;
  }

  @Override
  protected void onCompleted(@Nullable Throwable failure) {
    endOfWrite();
    try {
      pieces.close();
    } catch (IOException e) {
      LOG.warn("content could not be closed", e);
    }
    if (failure == null) {
      callback.succeeded();
    } else {
      callback.failed(failure);
    }
  }

  private void startOfWrite() {
    writtenAt = System.nanoTime();
    long nanosLeft = floor.nanosLeft();
    if (nanosLeft < Long.MAX_VALUE) {
      deadline =
          response
              .getRequest()
              .getComponents()
              .getScheduler()
              .schedule(this::tooSlow, nanosLeft, TimeUnit.NANOSECONDS);
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
}
