package dev.stowage.adapter.http.oci;

import dev.stowage.adapter.http.transfer.RequestBody;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.Provisional;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Takes a blob in that comes with the request that names it (end-4b). Nothing is left of one that
 * is refused: the client never hears of an upload.
 */
final class PutWholeBlob {
  private static final int BUFFER_SIZE = 64 * 1024;

  void handle(Exchange exchange, Digest digest) throws IOException {
    try (BlobWriter writer = exchange.repository().blobs().create(digest)) {
      takeIn(exchange, writer, digest);
    } catch (BlobExistsException e) {
      compare(exchange, digest);
    }
    UploadAnswer.created(exchange, digest);
  }

  private static void takeIn(Exchange exchange, BlobWriter writer, Digest digest)
      throws IOException {
    try {
      writer.transferFrom(exchange.body());
      writer.commit(new Provisional(digest, exchange.contentLength(), Optional.empty()));
    } catch (IOException | RuntimeException e) {
      try {
        writer.cancel();
      } catch (IOException | RuntimeException failedToo) {
        e.addSuppressed(failedToo);
      }
      throw e;
    }
  }

  /**
   * Holds the body of a blob that is here already against its digest, so that success is never said
   * to wrong bytes. A client that asks before it sends is spared the sending.
   */
  private static void compare(Exchange exchange, Digest digest) throws IOException {
    if (exchange.isContinueExpected()) {
      return;
    }
    RequestBody body = exchange.body();
    MessageDigest computation = digest.algorithm().newMessageDigest();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
    while (body.read(buffer.clear()) >= 0) {
      computation.update(buffer.flip());
    }
    Digest actual = Digest.of(digest.algorithm(), computation);
    if (!actual.equals(digest)) {
      throw InvalidDigestException.mismatch(digest, actual);
    }
  }
}
