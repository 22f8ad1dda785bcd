package dev.stowage.adapter.http.transfer;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * A request's body did not arrive as announced: the client went away, was too slow or broke the
 * rules of HTTP. No fault of this side.
 */
public final class BodyFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int status;

  BodyFailedException(Throwable cause) {
    super("the request's body did not arrive as announced", cause);
    this.status = cause instanceof TimeoutException ? 408 : 400;
  }

  /** The status that the client is told, if it is still there. */
  public int status() {
    return status;
  }
}
