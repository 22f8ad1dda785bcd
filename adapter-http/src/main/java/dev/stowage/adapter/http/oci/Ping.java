package dev.stowage.adapter.http.oci;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;

/** Says that this is a registry (end-1). */
final class Ping implements Operation {
  @Override
  public void handle(Exchange exchange) {
    exchange.send("application/json", ByteBuffer.wrap("{}".getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public InvocationType invocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
