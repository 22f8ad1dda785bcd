package dev.stowage.adapter.http.oci;

import java.io.IOException;

/** Removes a tag, or a manifest with its tags (end-9). */
final class DeleteManifest implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    exchange.repository().manifests().delete(exchange.reference());
    exchange.end(202);
  }
}
