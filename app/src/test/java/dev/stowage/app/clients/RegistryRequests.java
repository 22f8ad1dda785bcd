package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Plain requests of the distribution protocol, for what no client program offers. */
final class RegistryRequests {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MANIFESTS =
      "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, "
          + "application/vnd.docker.distribution.manifest.list.v2+json, "
          + "application/vnd.docker.distribution.manifest.v2+json";

  private final RegistryUnderTest registry;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  RegistryRequests(RegistryUnderTest registry) {
    this.registry = registry;
  }

  /** Gets a document as text; it has to be there. */
  String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> response =
        http.send(
            request(registry.url(path)).header("Accept", MANIFESTS).build(),
            BodyHandlers.ofString());
    assertEquals(200, response.statusCode(), response::body);
    return response.body();
  }

  /** Gets a blob; it has to be there. */
  byte[] blob(String repository, String digest) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(
            request(registry.url("/v2/" + repository + "/blobs/" + digest)).build(),
            BodyHandlers.ofByteArray());
    assertEquals(200, response.statusCode());
    return response.body();
  }

  int status(String method, URI target) throws IOException, InterruptedException {
    return send(method, target, BodyPublishers.noBody()).statusCode();
  }

  /** Sends a request whose answer has no body that matters. */
  HttpResponse<String> send(String method, URI target, BodyPublisher body, String... headers)
      throws IOException, InterruptedException {
    return http.send(octets(method, target, body, headers), BodyHandlers.ofString());
  }

  /** Begins to send such a request. */
  CompletableFuture<HttpResponse<String>> begin(String method, URI target, BodyPublisher body) {
    return http.sendAsync(octets(method, target, body), BodyHandlers.ofString());
  }

  private static HttpRequest octets(
      String method, URI target, BodyPublisher body, String... headers) {
    HttpRequest.Builder request =
        request(target).method(method, body).header("Content-Type", "application/octet-stream");
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  private static HttpRequest.Builder request(URI target) {
    return HttpRequest.newBuilder(target).timeout(LIMIT);
  }
}
