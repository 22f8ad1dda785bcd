package dev.stowage.app.abort;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.HttpOptions;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.Digest;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Over files: whoever goes away in the middle leaves no thread, socket, file or upload behind. */
@Timeout(300)
class AbandonedRequestsTest {
  private static final int ROUNDS = 100;
  private static final int BLOB = 8 * 1024 * 1024;

  /** What a database may open and close as it likes. */
  private static final int SLACK = 24;

  private final Path directory;
  private final FileBlobData data;
  private final RocksMetadataStore facts;
  private final StowageRegistry registry;
  private final RegistryServer server;
  private String blob = "";

  AbandonedRequestsTest(@TempDir Path directory) throws IOException {
    assumeTrue(OpenHandles.areTold());
    this.directory = directory.toRealPath();
    data = FileBlobData.open(directory, FileOptions.defaults());
    facts = RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
    registry =
        StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
    server = new RegistryServer(registry, HttpOptions.defaults().listeningOn("127.0.0.1", 0));
  }

  @BeforeEach
  void start() throws IOException {
    server.start();
    byte[] content = new byte[BLOB];
    blob = "/v2/a/blobs/" + Digest.canonical(ByteBuffer.wrap(content));
    String target = blob.replace("/blobs/", "/blobs/uploads/?digest=");
    try (Client client = new Client()) {
      client.send(
          "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + BLOB + "\r\n\r\n");
      client.send(content);
      assertEquals(201, client.status());
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    registry.close();
    facts.close();
    data.close();
  }

  @Test
  void leaveNothingOpen() throws IOException {
    abandonAll();
    awaitQuiet(Integer.MAX_VALUE);
    int before = OpenHandles.count();
    for (int i = 0; i < ROUNDS; i++) {
      abandonAll();
    }
    awaitQuiet(before + SLACK);
    assertEquals(List.of(), OpenHandles.filesBelow(directory.resolve("blobs")));
    assertEquals(List.of(), data.stagings(Optional.empty(), 1000));
    try (Client client = new Client()) {
      client.send("GET " + blob + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, client.status());
    }
  }

  @Test
  void keepABoundedNumberOfFilesOpen() throws IOException {
    int before = OpenHandles.count();
    List<String> uploads = new ArrayList<>();
    try (Client client = new Client()) {
      for (int i = 0; i < 1000; i++) {
        uploads.add(client.begin());
      }
      int kept = CoreOptions.defaults().idleUploads();
      int open = OpenHandles.count();
      assertTrue(open < before + kept + SLACK, () -> before + " descriptors, then " + open);
      for (String upload : uploads) {
        client.send("DELETE " + upload + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(204, client.status());
      }
    }
    awaitQuiet(before + SLACK);
    assertEquals(List.of(), data.stagings(Optional.empty(), 1000));
  }

  /** Goes away once in the middle of each kind of request. */
  private void abandonAll() throws IOException {
    String half = "Host: a\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(100_000);
    String chunks =
        "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n186a0\r\n" + "x".repeat(100_000) + "\r\n";
    String type = "Content-Type: application/vnd.oci.image.manifest.v1+json\r\n";
    abandon("GET /v2/ HTTP/1.1\r\nHost:");
    abandon("PUT /v2/a/manifests/v1 HTTP/1.1\r\n" + type + half);
    abandon("PUT /v2/a/manifests/v1 HTTP/1.1\r\n" + type + chunks);
    abandon("POST " + blob.replace("/blobs/", "/blobs/uploads/?digest=") + "0 HTTP/1.1\r\n" + half);
    abandon("POST /v2/b/blobs/uploads/?digest=sha256:" + "0".repeat(64) + " HTTP/1.1\r\n" + chunks);
    abandon("GET " + blob + " HTTP/1.1\r\nHost: a\r\n\r\n");
    abandon("GET " + blob + " HTTP/1.1\r\nHost: a\r\nRange: bytes=0-99,1000000-7000000\r\n\r\n");
    try (Client client = new Client()) {
      String upload = client.begin();
      abandon("PATCH " + upload + " HTTP/1.1\r\n" + half);
      abandon("PATCH " + upload + " HTTP/1.1\r\n" + chunks);
      abandon("PATCH " + upload + " HTTP/1.1\r\nContent-Range: 0-999999\r\n" + half);
      abandon("PUT " + upload + "?digest=sha256:" + "0".repeat(64) + " HTTP/1.1\r\n" + half);
      assertEquals(204, cancel(client, upload));
    }
  }

  /** Cancels an upload, again if a request that was sent earlier has taken it over since. */
  private static int cancel(Client client, String upload) throws IOException {
    int status = 416;
    while (status == 416) {
      client.send("DELETE " + upload + " HTTP/1.1\r\nHost: a\r\n\r\n");
      status = client.status();
    }
    return status;
  }

  private void abandon(String request) throws IOException {
    Client client = new Client();
    client.send(request);
    client.reset();
  }

  /** Waits until no request runs and no more than some descriptors are open. */
  private void awaitQuiet(int most) throws IOException {
    while (OpenHandles.busyThreads() > 0 || OpenHandles.count() > most) {
      Thread.onSpinWait();
    }
  }

  private final class Client implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    private final BufferedReader answers =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

    Client() throws IOException {}

    void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
    }

    /** Begins an upload and gives its path. */
    String begin() throws IOException {
      send("POST /v2/a/blobs/uploads/ HTTP/1.1\r\nHost: a\r\n\r\n");
      String location = "";
      for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
        location = line.startsWith("Location: ") ? line.substring(10) : location;
      }
      return location;
    }

    /** The status of an answer, the body of which is left out unless it is a short one. */
    int status() throws IOException {
      String status = answers.readLine();
      int length = 0;
      for (String line = status; !line.isEmpty(); line = answers.readLine()) {
        length =
            line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
      }
      for (int i = 0; i < length && length < BLOB; i++) {
        answers.read();
      }
      return Integer.parseInt(status.split(" ", -1)[1]);
    }

    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
