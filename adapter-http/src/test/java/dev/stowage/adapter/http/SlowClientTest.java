package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  private static final String REQUEST = "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n";

  @Test
  void endsAConnectionWhoseHeaderDoesNotArrive() throws IOException {
    try (RegistryServer server = startedWithShortHeaderTimeout();
        RawConnection connection = new RawConnection(server.port())) {
      connection.send("GET /v2/ HTTP/1.1\r\nHost:");
      assertTrue(connection.isEnded());
    }
  }

  @Test
  void endsAConnectionWhoseHeaderDrips() throws IOException {
    try (RegistryServer server = startedWithShortHeaderTimeout();
        RawConnection connection = new RawConnection(server.port())) {
      connection.send("GET /v2/ HTTP/1.1\r\nHost: a\r\nFoo: ");
      assertTrue(connection.isEndedWhileDripping());
    }
  }

  @Test
  void watchesTheSecondRequestToo() throws IOException {
    try (RegistryServer server = startedWithShortHeaderTimeout();
        RawConnection connection = new RawConnection(server.port())) {
      assertEquals(200, connection.send(REQUEST).answer().status());
      connection.send("GET /v2/ HTTP/1.1\r\nHost: a\r\nFoo: ");
      assertTrue(connection.isEndedWhileDripping());
    }
  }

  @Test
  void leavesAnIdleConnectionToTheIdleTimeout() throws IOException {
    try (RegistryServer server =
        new RegistryServer(
            CatalogOnly.empty(), TestOptions.withIdleTimeout(Duration.ofMillis(100))); ) {
      server.start();
      try (RawConnection connection = new RawConnection(server.port())) {
        assertEquals(200, connection.send(REQUEST).answer().status());
        assertTrue(connection.isEnded());
      }
    }
  }

  @Test
  void servesOthersWhileManyConnectionsAreSilent() throws IOException {
    try (RegistryServer server = new RegistryServer(CatalogOnly.empty(), TestOptions.usual())) {
      server.start();
      RawConnection[] silent = new RawConnection[500];
      try {
        for (int i = 0; i < silent.length; i++) {
          silent[i] = new RawConnection(server.port());
          silent[i].send(i % 2 == 0 ? "GET /v2/ HTT" : "");
        }
        try (RawConnection connection = new RawConnection(server.port())) {
          assertEquals(200, connection.send(REQUEST).answer().status());
        }
      } finally {
        for (RawConnection connection : silent) {
          if (connection != null) {
            connection.close();
          }
        }
      }
    }
  }

  private static RegistryServer startedWithShortHeaderTimeout() throws IOException {
    RegistryServer server =
        new RegistryServer(
            CatalogOnly.empty(), TestOptions.withHeaderTimeout(Duration.ofMillis(200)));
    server.start();
    return server;
  }
}
