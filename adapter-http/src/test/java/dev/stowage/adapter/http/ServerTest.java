package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A registry behind a server, and the words that tests speak to it with. */
abstract class ServerTest {
  static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String LAYER = "application/vnd.oci.image.layer.v1.tar+gzip";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private @Nullable TestRegistry registry;
  private @Nullable RegistryServer server;

  /** The server's options, for a test that wants others. */
  HttpOptions options() {
    return TestOptions.usual();
  }

  @BeforeEach
  void start() throws IOException {
    use(TestRegistry.open());
  }

  @AfterEach
  void stop() throws IOException {
    server().stop();
    registry().close();
  }

  /** Goes on with another registry. */
  void use(TestRegistry other) throws IOException {
    if (registry != null) {
      stop();
    }
    registry = other;
    server = new RegistryServer(other.registry(), options());
    server.start();
  }

  TestRegistry registry() {
    return Objects.requireNonNull(registry);
  }

  private RegistryServer server() {
    return Objects.requireNonNull(server);
  }

  RawConnection connect() throws IOException {
    return new RawConnection(server().port());
  }

  HttpResponse<byte[]> send(String method, String path, BodyPublisher body, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server().uri() + path)).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  HttpResponse<byte[]> get(String path, String... headers) throws IOException {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> head(String path, String... headers) throws IOException {
    return send("HEAD", path, BodyPublishers.noBody(), headers);
  }

  HttpResponse<byte[]> delete(String path) throws IOException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> post(String path) throws IOException {
    return send("POST", path, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> post(String path, byte[] body) throws IOException {
    return send("POST", path, BodyPublishers.ofByteArray(body));
  }

  HttpResponse<byte[]> put(String path, byte[] body, String... headers) throws IOException {
    return send("PUT", path, BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<byte[]> patch(String path, byte[] body, String... headers) throws IOException {
    return send("PATCH", path, BodyPublishers.ofByteArray(body), headers);
  }

  /** A body that is sent in chunks, without its length. */
  static BodyPublisher chunked(byte[] body) {
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
  }

  /** Begins an upload and gives its path. */
  String beginUpload(String repository) throws IOException {
    HttpResponse<byte[]> begun = post("/v2/" + repository + "/blobs/uploads/");
    assertEquals(202, begun.statusCode());
    return header(begun, "Location");
  }

  /** Pushes a blob and gives its digest. */
  String pushBlob(String repository, byte[] content) throws IOException {
    String digest = sha256(content);
    assertEquals(
        201, post("/v2/" + repository + "/blobs/uploads/?digest=" + digest, content).statusCode());
    return digest;
  }

  /** Pushes a manifest and gives the answer, which has to be a success. */
  HttpResponse<byte[]> pushManifest(
      String repository, String reference, String type, String document) throws IOException {
    HttpResponse<byte[]> pushed = putManifest(repository, reference, type, document);
    assertEquals(201, pushed.statusCode(), text(pushed));
    return pushed;
  }

  HttpResponse<byte[]> putManifest(
      String repository, String reference, String type, String document) throws IOException {
    return put(
        "/v2/" + repository + "/manifests/" + reference, bytes(document), "Content-Type", type);
  }

  /** Pushes what an image needs and gives its manifest, which is not pushed yet. */
  String image(String repository, String name) throws IOException {
    return image(repository, name, "");
  }

  /** An image's manifest with further fields, which begin with a comma. */
  String image(String repository, String name, String fields) throws IOException {
    byte[] config = bytes("{\"name\":\"" + name + "\"}");
    byte[] layer = bytes("layer of " + name);
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]%s}"
        .formatted(
            IMAGE,
            descriptor(CONFIG, pushBlob(repository, config), config.length),
            descriptor(LAYER, pushBlob(repository, layer), layer.length),
            fields);
  }

  /**
   * The document of an index of some descriptors, with further fields, which begin with a comma.
   */
  static String index(String descriptors, String fields) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]%s}"
        .formatted(INDEX, descriptors, fields);
  }

  /** The descriptor of a manifest's document. */
  static String descriptor(String type, String document) {
    return descriptor(type, sha256(bytes(document)), bytes(document).length);
  }

  static String descriptor(String type, String digest, long size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Asserts a refusal: its status, its code and its form. */
  static void assertRefused(int status, String code, HttpResponse<byte[]> response) {
    String body = text(response);
    assertEquals(status, response.statusCode(), body);
    assertEquals("application/json", header(response, "Content-Type"));
    String begin = "{\"errors\":[{\"code\":\"" + code + "\",\"message\":\"";
    assertEquals(begin, body.substring(0, Math.min(begin.length(), body.length())), body);
  }

  /** Asserts that no upload is open once the requests that run have ended. */
  void assertNoUploadIsOpen() throws IOException {
    server().stop();
    registry().assertNoUploadIsOpen();
  }

  /** Asserts that no blob is open once the requests that run have ended. */
  void assertNoBlobIsOpen() {
    server().stop();
    registry().assertNoBlobIsOpen();
  }

  /** Waits until the server has closed every blob. */
  void awaitNoBlobOpen() {
    while (registry().isABlobOpen()) {
      Thread.onSpinWait();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Bytes that are the same whenever the size is. */
  static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA256, ByteBuffer.wrap(content)).toString();
  }

  static String sha512(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA512, ByteBuffer.wrap(content)).toString();
  }
}
