package dev.stowage.adapter.http.oci;

import dev.stowage.blob.BlobWriter;
import java.io.IOException;

/** Says where an upload stands (end-13). */
final class GetUpload implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    UploadSession session = UploadSession.of(exchange);
    session.say(session.hold(BlobWriter::size));
    exchange.end(204);
  }
}
