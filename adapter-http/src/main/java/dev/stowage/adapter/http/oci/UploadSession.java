package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.error.OciCode;
import dev.stowage.adapter.http.transfer.ContentRange;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpHeader;

/**
 * The upload that a request goes on with. However the request ends, the upload stays, unless a
 * commit or a cancellation has ended it; and whoever is told that a chunk does not fit is told
 * where the upload stands.
 */
final class UploadSession {
  private final Exchange exchange;
  private final UploadId id;

  private UploadSession(Exchange exchange, UploadId id) {
    this.exchange = exchange;
    this.id = id;
  }

  /** What is done with an upload while it is held. */
  @FunctionalInterface
  interface Step<R> {
    R run(BlobWriter writer) throws IOException;
  }

  /** The upload that the path names. Whether there is one shows only when it is held. */
  static UploadSession of(Exchange exchange) {
    return new UploadSession(
        exchange,
        UploadId.find(exchange.item())
            .orElseThrow(
                () ->
                    HttpRefusal.of(
                        404,
                        OciCode.BLOB_UPLOAD_UNKNOWN,
                        "no upload of this name is open in this repository")));
  }

  /** Holds the upload for a step, and has let go of it when this returns. */
  <R> R hold(Step<R> step) throws IOException {
    try (BlobWriter writer = exchange.repository().blobs().resume(id)) {
      return step.run(writer);
    } catch (ChunkOutOfOrderException e) {
      say(e.expected());
      throw e;
    } catch (UploadTakenOverException e) {
      say(e.size());
      throw e;
    }
  }

  /** Appends the request's body: as a chunk if it says where it belongs, else as it comes. */
  long append(BlobWriter writer) throws IOException {
    Optional<String> header = exchange.header(HttpHeader.CONTENT_RANGE);
    if (header.isEmpty()) {
      writer.transferFrom(exchange.body());
    } else {
      appendChunk(writer, header.get());
    }
    return writer.size();
  }

  /** Puts into the answer where the upload stands. */
  void say(long size) {
    UploadAnswer.put(exchange, id, size);
  }

  private void appendChunk(BlobWriter writer, String header) throws IOException {
    Optional<ContentRange> range = ContentRange.find(header);
    if (range.isEmpty()) {
      say(writer.size());
      throw HttpRefusal.of(
          416,
          OciCode.BLOB_UPLOAD_INVALID,
          "Content-Range reads <first>-<last>, two offsets of which the first is not above the"
              + " last");
    }
    OptionalLong announced = exchange.contentLength();
    if (announced.isPresent() && announced.getAsLong() != range.get().length()) {
      throw new InvalidLengthException(range.get().length(), announced.getAsLong());
    }
    writer.transferFrom(exchange.body(), range.get().first(), range.get().length());
  }
}
