package dev.stowage.adapter.http.oci;

import java.io.IOException;

/** Appends to an upload (end-5). */
final class PatchUpload implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    UploadSession session = UploadSession.of(exchange);
    session.say(session.hold(session::append));
    exchange.end(202);
  }
}
