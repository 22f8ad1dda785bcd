package dev.stowage.app.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Pushes, pulls and deletes blobs, and remembers what was acknowledged. */
final class BlobClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(1);
  private final Map<String, byte[]> acknowledged = new LinkedHashMap<>();
  private final URI server;

  BlobClient(URI server) {
    this.server = server;
  }

  HttpResponse<byte[]> send(String method, String path) throws IOException, InterruptedException {
    return send(method, path, BodyPublishers.noBody());
  }

  /** Begins an upload. */
  HttpResponse<byte[]> begin() throws IOException, InterruptedException {
    return send("POST", "/v2/a/blobs/uploads/");
  }

  /** Pushes bytes of its own choice in one request. */
  HttpResponse<byte[]> push(int size) throws IOException, InterruptedException {
    byte[] content = new byte[size];
    random.nextBytes(content);
    String digest = digest(content);
    HttpResponse<byte[]> answer =
        send("POST", "/v2/a/blobs/uploads/?digest=" + digest, BodyPublishers.ofByteArray(content));
    if (answer.statusCode() == 201) {
      acknowledged.put(digest, content);
    } else {
      assertEquals(404, send("HEAD", "/v2/a/blobs/" + digest).statusCode());
    }
    return answer;
  }

  /** Pushes until that succeeds; every refusal until then has this status. */
  void pushWhenPossible(int status) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = push(10);
    while (answer.statusCode() != 201) {
      assertRefused(status, answer);
      Thread.onSpinWait();
      answer = push(10);
    }
  }

  /** Everything that was acknowledged is there, byte for byte. */
  void pullAll() throws IOException, InterruptedException {
    for (Map.Entry<String, byte[]> each : acknowledged.entrySet()) {
      HttpResponse<byte[]> answer = send("GET", "/v2/a/blobs/" + each.getKey());
      assertEquals(200, answer.statusCode());
      assertArrayEquals(each.getValue(), answer.body());
    }
  }

  /** Some digest that was acknowledged. */
  String first() {
    return acknowledged.keySet().iterator().next();
  }

  /** Deletes some blob. */
  void deleteFirst() throws IOException, InterruptedException {
    String digest = first();
    assertEquals(202, send("DELETE", "/v2/a/blobs/" + digest).statusCode());
    assertEquals(404, send("GET", "/v2/a/blobs/" + digest).statusCode());
    acknowledged.remove(digest);
  }

  static void assertRefused(int status, HttpResponse<byte[]> answer) {
    String body = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(status, answer.statusCode(), body);
    assertTrue(body.startsWith("{\"errors\":[{\"code\":\"UNAVAILABLE\""), body);
    assertTrue(answer.headers().firstValue("Retry-After").isPresent(), "Retry-After");
  }

  private HttpResponse<byte[]> send(String method, String path, BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(server.resolve(path)).method(method, body).build();
    return http.send(request, BodyHandlers.ofByteArray());
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
