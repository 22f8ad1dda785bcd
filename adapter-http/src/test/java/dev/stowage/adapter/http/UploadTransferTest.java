package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can happen to a body on its way. */
class UploadTransferTest extends ServerTest {
  private static final String STATUS = "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n";

  private static String patchHead(String upload, String headers) {
    return "PATCH " + upload + " HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
  }

  @Test
  void takesLargeBodiesWhole() throws IOException {
    byte[] content = randomBytes(5 * 1024 * 1024 + 13);
    String upload = beginUpload("a");
    assertEquals(202, send("PATCH", upload, chunked(content)).statusCode());
    String digest = sha256(content);
    assertEquals(201, put(upload + "?digest=" + digest, new byte[0]).statusCode());
    assertArrayEquals(content, get("/v2/a/blobs/" + digest).body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "xyz\r\nhello\r\n0\r\n\r\n",
        "-5\r\nhello\r\n0\r\n\r\n",
        "10000000000000000\r\nhello\r\n0\r\n\r\n",
        "5\nhello\n0\n\n",
        "5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n",
        "5\r\nhelloX\r\n0\r\n\r\n",
        "0x5\r\nhello\r\n0\r\n\r\n",
        " 5\r\nhello\r\n0\r\n\r\n",
      })
  void refusesMalformedChunks(String body) throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.sendWhileOpen(patchHead(upload, "Transfer-Encoding: chunked\r\n") + body + STATUS);
      Answer answer = connection.answer();
      assertEquals(400, answer.status(), answer.toString());
      assertTrue(answer.body().startsWith("{\"errors\":[{"), answer.body());
      assertTrue(connection.isEnded(), "a second request came out of one");
    }
  }

  @Test
  void refusesEndlessChunkExtensions() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.sendWhileOpen(
          patchHead(upload, "Transfer-Encoding: chunked\r\n")
              + "5;a="
              + "x".repeat(1024 * 1024)
              + "\r\nhello\r\n0\r\n\r\n");
      assertEquals(400, connection.answer().status());
      assertTrue(connection.isEnded());
    }
  }

  @Test
  void takesTrailersForNothing() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(
          patchHead(upload, "Transfer-Encoding: chunked\r\n")
              + "5\r\nhello\r\n0\r\nContent-Length: 100\r\nContent-Range: 7-9\r\n\r\n"
              + STATUS);
      assertEquals("0-4", connection.answer().header("Range").orElse(""));
      assertEquals(200, connection.answer().status());
    }
  }

  @Test
  void keepsWhatAStreamHadBeforeItBroke() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(patchHead(upload, "Content-Length: 100\r\n") + "hello").endOutput();
      assertEquals(400, connection.answer().status());
      assertTrue(connection.isEnded());
    }
    assertEquals("0-4", header(get(upload), "Range"));
    String digest = sha256(bytes("hello"));
    assertEquals(201, put(upload + "?digest=" + digest, new byte[0]).statusCode());
  }

  @Test
  void keepsNothingOfAChunkThatBroke() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello"));
    try (RawConnection connection = connect()) {
      connection
          .send(patchHead(upload, "Content-Length: 100\r\nContent-Range: 5-104\r\n") + "world")
          .endOutput();
      assertEquals(400, connection.answer().status());
    }
    assertEquals("0-4", header(get(upload), "Range"));
  }

  @Test
  void commitsNothingOfABodyThatBroke() throws IOException {
    String upload = beginUpload("a");
    String digest = sha256(bytes("hello"));
    try (RawConnection connection = connect()) {
      connection
          .send(
              "PUT "
                  + upload
                  + "?digest="
                  + digest
                  + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhello")
          .endOutput();
      assertEquals(400, connection.answer().status());
    }
    assertEquals(404, head("/v2/a/blobs/" + digest).statusCode());
  }

  @Test
  void survivesAResetInTheMiddleOfABody() throws IOException {
    String upload = beginUpload("a");
    RawConnection connection = connect();
    connection.send(patchHead(upload, "Content-Length: 100000\r\n") + "x".repeat(50_000));
    connection.reset();
    assertEquals(204, get(upload).statusCode());
    assertEquals(204, delete(upload).statusCode());
    assertNoUploadIsOpen();
  }

  @Test
  void letsANewerRequestTakeAnUploadOver() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection older = connect()) {
      older.send(patchHead(upload, "Content-Length: 10\r\nExpect: 100-continue\r\n"));
      assertEquals(100, older.answer().status());
      assertEquals(202, patch(upload, bytes("newer")).statusCode());
      Answer refused = older.send("older text").answer();
      assertEquals(416, refused.status(), refused.toString());
      assertEquals("0-4", refused.header("Range").orElse(""));
      assertEquals(upload, refused.header("Location").orElse(""));
    }
    String digest = sha256(bytes("newer"));
    assertEquals(201, put(upload + "?digest=" + digest, new byte[0]).statusCode());
  }
}
