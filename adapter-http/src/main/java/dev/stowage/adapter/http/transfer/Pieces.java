package dev.stowage.adapter.http.transfer;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.LoggerFactory;

/** A body, piece by piece. Closing it closes the content that it comes from. */
interface Pieces extends Closeable {
  /**
   * What is to be written next. It is empty only if the body is.
   *
   * @throws IOException if the content cannot be read
   */
  ByteBuffer next() throws IOException;

  /**
   * What {@link #next} returned has been written.
   *
   * @throws IOException if something else was written in its place
   */
  void written() throws IOException;

  /** Says that content cannot be read, once: the server need not log what this returns again. */
  static IOException unreadable(IOException cause) {
    // Where the status has been sent, the client sees a body that is cut short.
    LoggerFactory.getLogger(Pieces.class)
        .error("content could not be read while it was sent", cause);
    return new UnreadableContentException(cause);
  }

  /** A failure that has been logged. */
  final class UnreadableContentException extends IOException implements QuietException {
    private static final long serialVersionUID = 1L;

    private UnreadableContentException(IOException cause) {
      super(cause);
    }
  }
}
