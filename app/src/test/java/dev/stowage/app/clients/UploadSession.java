package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;

/** The client's side of one chunked upload: it follows each Location that the registry gives. */
final class UploadSession {
  private final RegistryRequests requests;
  private URI location;

  /** Opens an upload in a repository. */
  UploadSession(RegistryUnderTest registry, RegistryRequests requests, String repository)
      throws Exception {
    this.requests = requests;
    this.location = registry.url("/v2/" + repository + "/blobs/uploads/");
    accepted(requests.send("POST", location, BodyPublishers.noBody()), 202);
  }

  /** Sends the octets from one offset to another as a chunk. */
  void send(byte[] blob, int from, int to) throws Exception {
    HttpResponse<String> response =
        requests.send(
            "PATCH",
            location,
            BodyPublishers.ofByteArray(Arrays.copyOfRange(blob, from, to)),
            "Content-Range",
            from + "-" + (to - 1));
    accepted(response, 202);
    assertEquals("0-" + (to - 1), response.headers().firstValue("Range").orElse(""));
  }

  /** Begins to stream octets whose number the registry is not told. */
  CompletableFuture<HttpResponse<String>> stream(BodyPublisher body) {
    return requests.begin("PATCH", location, body);
  }

  /** Asks how many octets the registry holds. */
  int received() throws Exception {
    HttpResponse<String> response = requests.send("GET", location, BodyPublishers.noBody());
    accepted(response, 204);
    String range = response.headers().firstValue("Range").orElse("");
    return Integer.parseInt(range.substring("0-".length())) + 1;
  }

  /** Sends what is left and closes the upload. */
  void finish(byte[] blob, int from) throws Exception {
    String separator = location.getRawQuery() == null ? "?" : "&";
    HttpResponse<String> response =
        requests.send(
            "PUT",
            URI.create(location + separator + "digest=" + Sha256.of(blob)),
            BodyPublishers.ofByteArray(Arrays.copyOfRange(blob, from, blob.length)),
            "Content-Range",
            from + "-" + (blob.length - 1));
    assertEquals(201, response.statusCode(), response::body);
  }

  private void accepted(HttpResponse<String> response, int status) {
    assertEquals(status, response.statusCode(), response::body);
    location = response.headers().firstValue("Location").map(location::resolve).orElse(location);
  }
}
