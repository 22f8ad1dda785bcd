package dev.stowage.adapter.http.oci;

import java.io.IOException;

/** Removes a blob from a repository (end-10). */
final class DeleteBlob implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.repository().blobs().delete(exchange.digest());
    exchange.end(202);
  }
}
