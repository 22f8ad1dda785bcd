package dev.stowage.adapter.http.oci;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import org.eclipse.jetty.http.HttpHeader;

/** What answers say of uploads. */
final class UploadAnswer {
  private UploadAnswer() {}

  /** Puts where an upload is and what it holds. An empty one is said to hold byte 0, as ever. */
  static void put(Exchange exchange, UploadId id, long size) {
    exchange.headers().put(HttpHeader.LOCATION, Paths.upload(exchange.name(), id));
    exchange.headers().put(HttpHeader.RANGE, "0-" + Math.max(0, size - 1));
    exchange.headers().put(Fields.UPLOAD_UUID, id.toString());
  }

  /** Says that a blob is here now, by the digest that the client knows it by. */
  static void created(Exchange exchange, Digest digest) {
    exchange.headers().put(HttpHeader.LOCATION, Paths.blob(exchange.name(), digest));
    exchange.headers().put(Fields.CONTENT_DIGEST, digest.toString());
    exchange.end(201);
  }
}
