package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.registry.Page;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StopTest {
  private static final String CATALOG = "GET /v2/_catalog HTTP/1.1\r\nHost: a\r\n\r\n";

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CatalogOnly registry =
      new CatalogOnly(
          () -> {
            begun.countDown();
            await(mayEnd);
            return Page.empty();
          });

  @Test
  void finishesARequestThatRuns() throws IOException {
    RegistryServer server = new RegistryServer(registry, TestOptions.usual());
    server.start();
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(CATALOG);
      await(begun);
      int port = server.port();
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      awaitRefusal(port);
      mayEnd.countDown();
      assertEquals("{\"repositories\":[]}", connection.answer().body());
      assertTrue(connection.isEnded());
      stopped.join();
    }
  }

  @Test
  void endsAConnectionThatWaitsForItsNextRequest() throws IOException {
    RegistryServer server = new RegistryServer(CatalogOnly.empty(), TestOptions.usual());
    server.start();
    try (RawConnection used = new RawConnection(server.port());
        RawConnection fresh = new RawConnection(server.port())) {
      assertEquals(200, used.send(CATALOG).answer().status());
      server.stop();
      assertTrue(used.isEnded());
      assertTrue(fresh.isEnded());
    }
  }

  @Test
  void givesUpARequestThatDoesNotEndInTime() throws IOException {
    RegistryServer server =
        new RegistryServer(registry, TestOptions.withStopTimeout(Duration.ofMillis(200)));
    server.start();
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(CATALOG);
      await(begun);
      int port = server.port();
      server.stop();
      assertThrows(ConnectException.class, () -> new RawConnection(port));
    }
  }

  @Test
  void mayBeStoppedTwiceOrUnstarted() throws IOException {
    RegistryServer server = new RegistryServer(CatalogOnly.empty(), TestOptions.usual());
    server.stop();
    server.start();
    server.stop();
    server.stop();
  }

  @Test
  void saysThatAnAddressIsTaken() throws IOException {
    try (RegistryServer server = new RegistryServer(CatalogOnly.empty(), TestOptions.usual())) {
      server.start();
      RegistryServer second =
          new RegistryServer(
              CatalogOnly.empty(), HttpOptions.defaults().listeningOn("127.0.0.1", server.port()));
      assertThrows(IOException.class, second::start);
      second.stop();
    }
  }

  @Test
  void saysWhereItIs() throws IOException {
    try (RegistryServer server = new RegistryServer(CatalogOnly.empty(), TestOptions.usual())) {
      server.start();
      assertEquals("http://127.0.0.1:" + server.port(), server.uri().toString());
    }
  }

  /** Waits until the port is closed, which is the first thing that stopping does. */
  private static void awaitRefusal(int port) throws IOException {
    while (true) {
      try (RawConnection connection = new RawConnection(port)) {
        connection.send("");
      } catch (ConnectException closed) {
        return;
      } catch (java.net.SocketException reset) {
        // It was accepted in the last moment.
      }
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new AssertionError("nothing happened");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.io.InterruptedIOException("interrupted");
    }
  }
}
