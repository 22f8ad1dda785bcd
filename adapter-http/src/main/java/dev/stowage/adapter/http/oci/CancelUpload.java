package dev.stowage.adapter.http.oci;

import java.io.IOException;

/** Gives an upload up (end-14). */
final class CancelUpload implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    UploadSession.of(exchange)
        .hold(
            writer -> {
              writer.cancel();
              return writer.id();
            });
    exchange.end(204);
  }
}
