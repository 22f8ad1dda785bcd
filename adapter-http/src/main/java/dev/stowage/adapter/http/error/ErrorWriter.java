package dev.stowage.adapter.http.error;

import dev.stowage.adapter.http.json.ErrorBody;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes an {@link ErrorAnswer}. */
public final class ErrorWriter {
  private ErrorWriter() {}

  /**
   * Answers. Header fields that are set already stay, but for those that would speak of another
   * body.
   */
  public static void write(ErrorAnswer answer, Response response, Callback callback) {
    byte[] body = ErrorBody.of(answer.code().name(), answer.message(), answer.detail()).bytes();
    HttpFields.Mutable headers = response.getHeaders();
    headers.remove(HttpHeader.ETAG);
    headers.remove(HttpHeader.CACHE_CONTROL);
    headers.put(HttpHeader.CONTENT_TYPE, "application/json");
    headers.put(HttpHeader.CONTENT_LENGTH, body.length);
    if (answer.status() == 503 || answer.status() == 507) {
      headers.put(HttpHeader.RETRY_AFTER, "10");
    }
    response.setStatus(answer.status());
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
