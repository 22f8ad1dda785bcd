package dev.stowage.adapter.http.oci;

import java.io.IOException;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** One operation of the protocol. Holds nothing of any request. */
@FunctionalInterface
public interface Operation {
  /**
   * Answers a request, at once or later: the exchange's callback is completed when the answer is
   * out. An operation that throws has not begun to answer; whoever called it does so then.
   *
   * @throws dev.stowage.StowageException if the registry refuses
   * @throws dev.stowage.adapter.http.error.HttpRefusal if the request makes no sense
   * @throws IOException if the registry's storage or the request's body fails
   */
  void handle(Exchange exchange) throws IOException;

  /** Whether {@link #handle} may block its thread. */
  default InvocationType invocationType() {
    return InvocationType.BLOCKING;
  }
}
