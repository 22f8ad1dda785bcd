package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that are never silent and yet too slow to be served. */
class DrippingClientTest extends ServerTest {
  @Override
  HttpOptions options() {
    return TestOptions.withMinRate(1024 * 1024, Duration.ofMillis(300));
  }

  @Test
  void endsAStreamThatDripsAndKeepsWhatItHad() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send("PATCH " + upload + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
      assertEquals(408, connection.answerWhileDripping().status());
      assertTrue(connection.isEndedWhileDripping());
    }
    assertTrue(header(get(upload), "Range").matches("0-[0-9]+"));
  }

  @Test
  void endsAStreamOfChunksThatDrips() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(
          "PATCH "
              + upload
              + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100000\r\n");
      assertEquals(408, connection.answerWhileDripping().status());
      assertTrue(connection.isEndedWhileDripping());
    }
  }

  @Test
  void storesNothingOfAManifestThatDrips() throws IOException {
    try (RawConnection connection = connect()) {
      connection.send(
          "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: "
              + IMAGE
              + "\r\nContent-Length: 100000\r\n\r\n");
      assertEquals(408, connection.answerWhileDripping().status());
    }
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
  }

  @Test
  void endsAClientThatTakesABlobTooSlowly() throws IOException {
    String digest = pushBlob("a", randomBytes(32 * 1024 * 1024));
    try (RawConnection connection = connect()) {
      connection.request("GET", "/v2/a/blobs/" + digest);
      while (registry().isABlobOpen()) {
        connection.takeALittle();
      }
    }
  }

  @Test
  void takesABodyThatIsFastEnough() throws IOException {
    byte[] content = randomBytes(8 * 1024 * 1024);
    String digest = pushBlob("a", content);
    assertEquals(content.length, get("/v2/a/blobs/" + digest).body().length);
  }
}
