package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests whose headers have no end, one at a time and many at once. */
class HeaderFloodTest extends ServerTest {
  private static final long MOST_DIRECT = 256L * 1024 * 1024;
  private static final int CLIENTS = 400;

  @Override
  HttpOptions options() {
    return TestOptions.patient();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "GET /v2/?",
        "GET /v2/ HTTP/1.1\r\nHost: a\r\nX",
        "GET /v2/ HTTP/1.1\r\nHost: a\r\nX: ",
        "GET /v2/ HTTP/1.1\r\nHost: ",
        "PATCH /v2/a/blobs/uploads/x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;",
        "PATCH /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX",
      })
  void cutsALineWithoutEndOff(String begin) throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(begin);
      assertTrue(connection.isCutOffWhileSending("x".repeat(16 * 1024)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X: y\r\n", "X: y\r\nZ:\r\n", "Cookie: a=b\r\n"})
  void cutsFieldsWithoutEndOff(String field) throws IOException {
    try (RawConnection connection = connect()) {
      connection.send("GET /v2/ HTTP/1.1\r\nHost: a\r\n");
      assertTrue(connection.isCutOffWhileSending(field.repeat(1000)));
    }
  }

  @Test
  void cutsTrailersWithoutEndOff() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(
          "PATCH "
              + upload
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n");
      assertTrue(connection.isCutOffWhileSending("X: y\r\n".repeat(1000)));
    }
  }

  @Test
  void servesOthersInBoundedMemoryWhileManyFlood() throws IOException {
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(connect().send("GET /v2/ HTTP/1.1\r\nHost: a\r\n"));
      }
      for (int round = 0; round < 8; round++) {
        for (RawConnection client : clients) {
          client.sendWhileOpen("X: " + "y".repeat(4096) + "\r\n");
        }
      }
      assertEquals(200, get("/v2/").statusCode());
      assertTrue(direct() < MOST_DIRECT, () -> direct() + " bytes");
      for (RawConnection client : clients) {
        assertEquals(431, client.answer().status());
        assertTrue(client.isEnded());
      }
    } finally {
      for (RawConnection client : clients) {
        client.close();
      }
    }
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
