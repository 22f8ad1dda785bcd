package dev.stowage.adapter.http;

import dev.stowage.adapter.http.error.ErrorAnswer;
import dev.stowage.adapter.http.error.ErrorWriter;
import dev.stowage.adapter.http.error.OciCode;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers for what never reaches an operation: requests that the server cannot parse or take. */
final class JsonErrorHandler implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    ProtocolHeaders.put(response);
    ErrorWriter.write(answer(status, request), response, callback);
    return true;
  }

  private static ErrorAnswer answer(int status, Request request) {
    if (status == 503) {
      return ErrorAnswer.of(503, OciCode.UNAVAILABLE, "the registry is stopping or overloaded");
    }
    if (status >= 500) {
      return ErrorAnswer.of(status, OciCode.UNKNOWN, "the registry failed");
    }
    Object message = request.getAttribute(ErrorHandler.ERROR_MESSAGE);
    return ErrorAnswer.of(
        status, OciCode.UNSUPPORTED, message == null ? "bad request" : message.toString());
  }
}
