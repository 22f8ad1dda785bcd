package dev.stowage.app.property;

import dev.stowage.adapter.http.HttpOptions;
import dev.stowage.adapter.http.RegistryServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** A server, and a client of it. */
final class HttpDoor implements AutoCloseable {
  private final RegistryServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  HttpDoor(SwitchedRegistry registry) throws IOException {
    server = new RegistryServer(registry, HttpOptions.defaults().listeningOn("127.0.0.1", 0));
    server.start();
  }

  int port() {
    return server.port();
  }

  HttpResponse<byte[]> send(String method, String path) throws IOException {
    return send(method, path, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("no answer was waited for").initCause(e);
    }
  }

  /** A body whose length is not announced. */
  static BodyPublisher unannounced(byte[] bytes) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes));
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** An answer that the caller has no name for. */
  static AssertionError unexpected(HttpResponse<byte[]> response) {
    return new AssertionError(
        response.request().method()
            + " "
            + response.request().uri().getPath()
            + " was answered with "
            + response.statusCode()
            + " "
            + text(response));
  }

  @Override
  public void close() {
    server.close();
  }
}
