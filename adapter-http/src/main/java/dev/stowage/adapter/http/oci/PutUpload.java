package dev.stowage.adapter.http.oci;

import dev.stowage.blob.Digest;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.Provisional;
import java.io.IOException;
import java.util.List;

/** Ends an upload, perhaps with a last chunk: what it holds becomes a blob (end-6). */
final class PutUpload implements Operation {
  @Override
  public void handle(Exchange exchange) throws IOException {
    UploadSession session = UploadSession.of(exchange);
    // Before the upload is held: a request without a digest shall not take it from another one.
    Digest digest = digest(exchange);
    session.hold(
        writer -> {
          session.append(writer);
          return writer.commit(Provisional.of(digest));
        });
    UploadAnswer.created(exchange, digest);
  }

  private static Digest digest(Exchange exchange) {
    List<String> digests = exchange.query().all("digest");
    if (digests.size() != 1) {
      throw InvalidDigestException.missing(
          "the query takes exactly one digest, of all that was uploaded; it has " + digests.size());
    }
    return Digest.parse(digests.get(0));
  }
}
