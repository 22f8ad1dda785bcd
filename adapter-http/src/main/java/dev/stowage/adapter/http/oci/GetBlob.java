package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.error.ErrorAnswer;
import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.error.OciCode;
import dev.stowage.adapter.http.transfer.BlobResponse;
import dev.stowage.adapter.http.transfer.EntityTag;
import dev.stowage.adapter.http.transfer.RequestedRanges;
import dev.stowage.adapter.http.transfer.SendBuffers;
import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/**
 * Gives a blob out, whole or in parts, or says what it would be (end-2).
 *
 * <p>A blob is opened only for an answer that has its bytes: HEAD and a client that has them
 * already are answered from what is known of it.
 */
final class GetBlob implements Operation {
  private static final int MOST_LARGE_BUFFERS = 128;

  private final SendBuffers buffers = new SendBuffers(MOST_LARGE_BUFFERS);

  @Override
  public void handle(Exchange exchange) throws IOException {
    Digest digest = exchange.digest();
    BlobStore blobs = exchange.repository().blobs();
    EntityTag tag = new EntityTag(digest);
    if (exchange.listHeader(HttpHeader.IF_NONE_MATCH).filter(tag::isIn).isPresent()) {
      blobs.stat(digest);
      describe(exchange, tag);
      exchange.end(304);
    } else if (exchange.isHead()) {
      Descriptor descriptor = blobs.stat(digest);
      describe(exchange, tag);
      describe(exchange, descriptor);
      exchange.headers().put(HttpHeader.CONTENT_LENGTH, descriptor.size());
      exchange.response().setStatus(200);
      exchange.response().write(true, ByteBuffer.allocate(0), exchange.callback());
    } else {
      deliver(exchange, blobs.serve(digest), tag);
    }
  }

  private void deliver(Exchange exchange, BlobDelivery delivery, EntityTag tag) throws IOException {
    boolean handedOn = false;
    try {
      if (delivery instanceof BlobDelivery.Redirect redirect) {
        exchange.headers().put(HttpHeader.LOCATION, redirect.location().toASCIIString());
        exchange.headers().put(Fields.CONTENT_DIGEST, tag.digest().toString());
        exchange.end(307);
      } else if (delivery instanceof BlobDelivery.Content content) {
        RequestedRanges ranges = ranges(exchange, tag, content.descriptor().size());
        describe(exchange, tag);
        describe(exchange, content.descriptor());
        BlobResponse response =
            new BlobResponse(
                exchange.response(), buffers, exchange.rateFloor(), exchange.callback());
        handedOn = true;
        if (ranges instanceof RequestedRanges.Parts parts) {
          response.sendParts(content, parts.parts());
        } else {
          response.sendWhole(content);
        }
      }
    } finally {
      if (!handedOn) {
        delivery.close();
      }
    }
  }

  private static RequestedRanges ranges(Exchange exchange, EntityTag tag, long size) {
    Optional<String> header = exchange.listHeader(HttpHeader.RANGE);
    boolean changed =
        exchange.header(HttpHeader.IF_RANGE).filter(t -> !t.equals(tag.toString())).isPresent();
    if (header.isEmpty() || changed) {
      return new RequestedRanges.Whole();
    }
    RequestedRanges ranges = RequestedRanges.of(header.get(), size);
    if (ranges instanceof RequestedRanges.Unsatisfiable) {
      exchange.headers().put(HttpHeader.CONTENT_RANGE, "bytes */" + size);
      throw new HttpRefusal(
          ErrorAnswer.of(
              416, OciCode.UNSUPPORTED, "no byte of the blob's " + size + " is in the range"));
    }
    return ranges;
  }

  private static void describe(Exchange exchange, EntityTag tag) {
    HttpFields.Mutable headers = exchange.headers();
    headers.put(Fields.CONTENT_DIGEST, tag.digest().toString());
    headers.put(HttpHeader.ETAG, tag.toString());
    headers.put(HttpHeader.CACHE_CONTROL, "max-age=31536000");
  }

  private static void describe(Exchange exchange, Descriptor descriptor) {
    exchange.headers().put(HttpHeader.CONTENT_TYPE, descriptor.mediaType().value());
    exchange.headers().put(HttpHeader.ACCEPT_RANGES, "bytes");
  }
}
