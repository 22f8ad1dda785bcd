package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.transfer.EntityTag;
import dev.stowage.registry.Manifest;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Gives a manifest out, byte for byte as it was pushed, or says what it is (end-3). What the client
 * says that it accepts is not asked: a manifest has one form.
 */
final class GetManifest implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    Manifest manifest = exchange.repository().manifests().get(exchange.reference());
    EntityTag tag = new EntityTag(manifest.name());
    exchange.headers().put(Fields.CONTENT_DIGEST, manifest.name().toString());
    exchange.headers().put(HttpHeader.ETAG, tag.toString());
    if (exchange.listHeader(HttpHeader.IF_NONE_MATCH).filter(tag::isIn).isPresent()) {
      exchange.end(304);
    } else {
      exchange.send(manifest.descriptor().mediaType().value(), manifest.content());
    }
  }
}
