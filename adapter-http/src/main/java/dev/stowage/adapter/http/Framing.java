package dev.stowage.adapter.http;

import dev.stowage.adapter.http.error.ErrorAnswer;
import dev.stowage.adapter.http.error.OciCode;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;

/**
 * Where a request ends (RFC 9112, section 6), as far as the server's parser lets pass what another
 * reader on the way may read differently.
 */
final class Framing {
  private Framing() {}

  /** What is wrong with it; the connection is good for nothing more then. */
  static Optional<ErrorAnswer> fault(Request request) {
    List<String> codings = request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING);
    if (codings.isEmpty()) {
      return Optional.empty();
    }
    if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
      return fault(400, "only HTTP/1.1 has transfer codings");
    }
    return codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")
        ? Optional.empty()
        : fault(501, "the one transfer coding that is known here is chunked");
  }

  private static Optional<ErrorAnswer> fault(int status, String message) {
    return Optional.of(ErrorAnswer.of(status, OciCode.UNSUPPORTED, message));
  }
}
