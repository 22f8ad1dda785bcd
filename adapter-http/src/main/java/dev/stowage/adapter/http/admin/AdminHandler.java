package dev.stowage.adapter.http.admin;

import dev.stowage.adapter.http.json.AdminJson;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what comes through the socket. An operation keeps its thread. */
final class AdminHandler extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);
  private static final String OPERATIONS = "/operations/";
  private static final int LARGEST_QUESTION = 1 << 20;

  private final Map<String, AdminOperation> operations;
  private final Supplier<List<String>> reasons;
  private volatile boolean ended;

  AdminHandler(Map<String, AdminOperation> operations, Supplier<List<String>> reasons) {
    this.operations = Map.copyOf(operations);
    this.reasons = reasons;
  }

  /** Ends the operations that run, at the next line that they tell. */
  void end() {
    ended = true;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = request.getHttpURI().getPath();
    String method = request.getMethod();
    boolean reading = method.equals("GET") || method.equals("HEAD");
    if (path.equals("/livez") || path.equals("/readyz")) {
      if (!reading) {
        refuse(405, "GET", response, callback);
      } else if (path.equals("/livez")) {
        answer(200, AdminJson.health("live", List.of()), response, callback);
      } else {
        ready(response, callback);
      }
    } else if (path.startsWith(OPERATIONS)) {
      AdminOperation operation = operations.get(path.substring(OPERATIONS.length()));
      if (operation == null) {
        refuse(404, "", response, callback);
      } else if (!method.equals("POST")) {
        refuse(405, "POST", response, callback);
      } else {
        run(operation, request, response, callback);
      }
    } else {
      refuse(404, "", response, callback);
    }
    return true;
  }

  private void ready(Response response, Callback callback) {
    List<String> why = ended ? List.of("the server is stopping") : reasons.get();
    boolean ready = why.isEmpty();
    answer(
        ready ? 200 : 503,
        AdminJson.health(ready ? "ready" : "not ready", why),
        response,
        callback);
  }

  private void run(
      AdminOperation operation, Request request, Response response, Callback callback) {
    Call call;
    try (InputStream body = Content.Source.asInputStream(request)) {
      AdminJson.Question question = AdminJson.question(body.readNBytes(LARGEST_QUESTION));
      call = new Call(question.settings(), question.arguments());
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      answer(400, AdminJson.health("bad request", List.of(message)), response, callback);
      return;
    }
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/x-ndjson");
    OutputStream out = Content.Sink.asOutputStream(response);
    try (out) {
      Outcome outcome = outcome(operation, call, telling(out));
      out.write(
          AdminJson.write(
              new AdminJson.Ended(
                  outcome.exit(), outcome.output(), outcome.errors(), outcome.report())));
    } catch (IOException e) {
      LOG.debug("whoever asked has gone", e);
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private static Outcome outcome(AdminOperation operation, Call call, Progress progress) {
    try {
      return operation.run(call, progress);
    } catch (RuntimeException e) {
      LOG.error("an operation failed", e);
      return Outcome.failed(1, "stowage: the server failed; its log says how");
    }
  }

  private Progress telling(OutputStream out) {
    return line -> {
      if (ended) {
        throw new InterruptedIOException("the server is stopping");
      }
      out.write(AdminJson.write(new AdminJson.Told(line)));
      out.flush();
    };
  }

  private static void refuse(int status, String allow, Response response, Callback callback) {
    if (!allow.isEmpty()) {
      response.getHeaders().put(HttpHeader.ALLOW, allow);
    }
    answer(
        status,
        AdminJson.health(status == 404 ? "not found" : "method not allowed", List.of()),
        response,
        callback);
  }

  private static void answer(int status, byte[] body, Response response, Callback callback) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
