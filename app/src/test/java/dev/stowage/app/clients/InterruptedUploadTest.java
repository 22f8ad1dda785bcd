package dev.stowage.app.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A crash of the registry costs an upload at most what it had not acknowledged. */
@ClientTest
class InterruptedUploadTest {
  private static final int MEBI = 1 << 20;

  private final RegistryUnderTest registry;
  private final RegistryRequests requests;

  InterruptedUploadTest(ClientSetup setup) {
    this.registry = setup.registry();
    this.requests = new RegistryRequests(registry);
  }

  @Test
  void anUploadGoesOnAfterACrashBetweenTwoChunks() throws Exception {
    byte[] blob = randomBytes(5 * MEBI);
    UploadSession upload = new UploadSession(registry, requests, "crash/between");
    upload.send(blob, 0, 2 * MEBI);
    upload.send(blob, 2 * MEBI, 3 * MEBI + 1);

    registry.kill();
    registry.restart();

    assertEquals(3 * MEBI + 1, upload.received());
    upload.send(blob, 3 * MEBI + 1, 4 * MEBI);
    upload.finish(blob, 4 * MEBI);
    assertArrayEquals(blob, requests.blob("crash/between", Sha256.of(blob)));
  }

  @Test
  void anUploadGoesOnAfterACrashInsideAChunk() throws Exception {
    byte[] blob = randomBytes(32 * MEBI);
    int acknowledged = MEBI;
    int sent = 24 * MEBI;
    UploadSession upload = new UploadSession(registry, requests, "crash/inside");
    upload.send(blob, 0, acknowledged);
    long before = bytesInData();

    try (PipedOutputStream body = new PipedOutputStream();
        PipedInputStream pipe = new PipedInputStream(body, MEBI)) {
      CompletableFuture<HttpResponse<String>> answer =
          upload.stream(BodyPublishers.ofInputStream(() -> pipe));
      body.write(blob, acknowledged, sent - acknowledged);
      // All but what pipe, client, network and server may still have in their buffers.
      Await.until("the registry writes what it receives", () -> bytesInData() > before + 8 * MEBI);
      registry.kill();
      assertThrows(ExecutionException.class, answer::get);
    }
    registry.restart();

    int received = upload.received();
    assertTrue(acknowledged <= received && received <= sent, () -> "received " + received);
    upload.send(blob, received, 28 * MEBI);
    upload.finish(blob, 28 * MEBI);
    assertArrayEquals(blob, requests.blob("crash/inside", Sha256.of(blob)));
  }

  @Test
  void whatWasPushedBeforeACrashIsThereAfterIt() throws Exception {
    byte[] blob = randomBytes(MEBI + 1);
    new UploadSession(registry, requests, "crash/after").finish(blob, 0);

    registry.kill();
    registry.restart();

    assertArrayEquals(blob, requests.blob("crash/after", Sha256.of(blob)));
  }

  private long bytesInData() throws IOException {
    try (Stream<Path> files = Files.walk(registry.data())) {
      List<Path> regular = files.filter(Files::isRegularFile).toList();
      long total = 0;
      for (Path file : regular) {
        total += Files.size(file);
      }
      return total;
    }
  }

  private static byte[] randomBytes(int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return bytes;
  }
}
