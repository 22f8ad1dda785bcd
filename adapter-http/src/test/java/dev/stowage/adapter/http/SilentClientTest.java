package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that stop in the middle and keep the connection. */
class SilentClientTest extends ServerTest {
  @Override
  HttpOptions options() {
    return TestOptions.withIdleTimeout(Duration.ofMillis(300));
  }

  @Test
  void keepsWhatAStreamHadBeforeItFellSilent() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(
          "PATCH " + upload + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhello");
      Answer answer = connection.answer();
      assertEquals(408, answer.status(), answer.toString());
      assertTrue(connection.isEnded());
    }
    assertEquals("0-4", header(get(upload), "Range"));
  }

  @Test
  void storesNothingOfAManifestThatFellSilent() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + IMAGE
              + "\r\nContent-Length: 100\r\n\r\n{");
      assertEquals(408, connection.answer().status());
    }
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
  }

  @Test
  void closesABlobThatNobodyTakes() throws IOException {
    String digest = pushBlob("a", randomBytes(32 * 1024 * 1024));
    try (RawConnection connection = connect()) {
      connection.send("GET /v2/a/blobs/" + digest + " HTTP/1.1\r\nHost: a\r\n\r\n");
      assertFalse(connection.isEnded());
      awaitNoBlobOpen();
    }
  }
}
