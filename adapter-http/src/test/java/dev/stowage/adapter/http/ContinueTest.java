package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that ask whether to go on with a body, which takes longer than a header may. */
class ContinueTest extends ServerTest {
  private static final String CHUNK = "x".repeat(1024);
  private static final int CHUNKS = 50;

  @Override
  HttpOptions options() {
    return TestOptions.withHeaderTimeout(Duration.ofMillis(200));
  }

  @Test
  void takesABodyThatLastsLongerThanAHeaderMay() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      appendSlowly(connection, upload);
      assertEquals(202, connection.answer().status());
    }
    assertEquals("0-" + (CHUNKS * 1024 - 1), header(get(upload), "Range"));
  }

  @Test
  void watchesTheRequestThatFollows() throws IOException {
    try (RawConnection connection = connect()) {
      appendSlowly(connection, beginUpload("a"));
      assertEquals(202, connection.answer().status());
      connection.send("GET /v2/ HTTP/1.1\r\nHost: a\r\nFoo: ");
      assertTrue(connection.isEndedWhileDripping());
    }
  }

  private static void appendSlowly(RawConnection connection, String upload) throws IOException {
    connection.send(
        "PATCH "
            + upload
            + " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: "
            + CHUNKS * 1024
            + "\r\n\r\n");
    assertEquals(100, connection.answer().status());
    for (int i = 0; i < CHUNKS; i++) {
      connection.pause().send(CHUNK);
    }
  }
}
