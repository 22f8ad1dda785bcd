package dev.stowage.adapter.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.QoSHandler;

/**
 * Lets only some of the requests run at a time that have a body, each of which holds a thread until
 * its body is there: however many clients send their bodies slowly, threads are left for those who
 * send none. The others wait without a thread, for some time; those who cannot even wait are
 * refused with 503.
 */
final class BodyQueue extends QoSHandler {
  /** Each that waits may hold an input buffer. */
  private static final int MOST_WAITING = 512;

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /**
   * A queue before a handler.
   *
   * @param most the most requests with a body that run at a time
   */
  BodyQueue(Handler handler, int most) {
    super(handler);
    setMaxRequestCount(most);
    setMaxSuspendedRequestCount(MOST_WAITING);
    setMaxSuspend(LONGEST_WAIT);
    include(BodyQueue::hasBody);
  }

  private static boolean hasBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }
}
