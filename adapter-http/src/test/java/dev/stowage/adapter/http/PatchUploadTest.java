package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatchUploadTest extends ServerTest {
  @Test
  void appendsAStream() throws IOException {
    String upload = beginUpload("a");
    HttpResponse<byte[]> first = patch(upload, bytes("hello "));
    assertAppended(first, upload, "0-5");
    HttpResponse<byte[]> second = send("PATCH", upload, chunked(bytes("world")));
    assertAppended(second, upload, "0-10");
    assertCommits(upload, "hello world");
  }

  private static void assertAppended(HttpResponse<byte[]> answer, String upload, String range) {
    assertEquals(202, answer.statusCode(), text(answer));
    assertEquals(upload, header(answer, "Location"));
    assertEquals(range, header(answer, "Range"));
    assertEquals(
        upload.substring(upload.lastIndexOf('/') + 1), header(answer, "Docker-Upload-UUID"));
    assertEquals("0", header(answer, "Content-Length"));
  }

  private void assertCommits(String upload, String content) throws IOException {
    String digest = sha256(bytes(content));
    assertEquals(201, put(upload + "?digest=" + digest, new byte[0]).statusCode());
    assertArrayEquals(bytes(content), get("/v2/a/blobs/" + digest).body());
  }

  @Test
  void appendsNothing() throws IOException {
    String upload = beginUpload("a");
    assertAppended(send("PATCH", upload, chunked(new byte[0])), upload, "0-0");
    assertAppended(patch(upload, new byte[0]), upload, "0-0");
    assertCommits(upload, "");
  }

  @Test
  void appendsChunksInOrder() throws IOException {
    String upload = beginUpload("a");
    assertAppended(patch(upload, bytes("hello"), "Content-Range", "0-4"), upload, "0-4");
    assertAppended(patch(upload, bytes(" "), "Content-Range", "5-5"), upload, "0-5");
    HttpResponse<byte[]> last =
        send("PATCH", upload, chunked(bytes("world")), "Content-Range", "6-10");
    assertAppended(last, upload, "0-10");
    assertCommits(upload, "hello world");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0-4", "4-8", "6-10", "1000000-1000004", "999999999999999994-999999999999999998"})
  void refusesAChunkThatDoesNotFit(String range) throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello"));
    HttpResponse<byte[]> refused = patch(upload, bytes("world"), "Content-Range", range);
    assertRefused(416, "BLOB_UPLOAD_INVALID", refused);
    assertStandsAt(upload, "0-4", refused);
    assertCommits(upload, "hello");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 5-9",
        "bytes 5-9/10",
        "*/10",
        "9-5",
        "5-",
        "-5",
        "x",
        "5-18446744073709551616",
        "+5-9"
      })
  void refusesARangeOfAnotherForm(String range) throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello"));
    HttpResponse<byte[]> refused = patch(upload, bytes("world"), "Content-Range", range);
    assertRefused(416, "BLOB_UPLOAD_INVALID", refused);
    assertStandsAt(upload, "0-4", refused);
    assertCommits(upload, "hello");
  }

  private void assertStandsAt(String upload, String range, HttpResponse<byte[]> refused)
      throws IOException {
    assertEquals(upload, header(refused, "Location"));
    assertEquals(range, header(refused, "Range"));
    assertEquals(
        upload.substring(upload.lastIndexOf('/') + 1), header(refused, "Docker-Upload-UUID"));
    assertEquals(range, header(get(upload), "Range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5-8", "5-10", "5-1000000"})
  void refusesAChunkOfAnotherLength(String range) throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello"));
    assertRefused(400, "SIZE_INVALID", patch(upload, bytes("world"), "Content-Range", range));
    assertRefused(
        400,
        "SIZE_INVALID",
        send("PATCH", upload, chunked(bytes("world")), "Content-Range", range));
    assertEquals("0-4", header(get(upload), "Range"));
    assertCommits(upload, "hello");
  }

  @Test
  void refusesTheFirstChunkAtAnotherPlace() throws IOException {
    String upload = beginUpload("a");
    HttpResponse<byte[]> refused = patch(upload, bytes("world"), "Content-Range", "5-9");
    assertEquals(416, refused.statusCode());
    assertEquals("0-0", header(refused, "Range"));
    HttpResponse<byte[]> status = get(upload);
    assertEquals(204, status.statusCode());
    assertEquals("0-0", header(status, "Range"));
  }

  @Test
  void refusesTwoRanges() throws IOException {
    String upload = beginUpload("a");
    assertRefused(
        400,
        "UNSUPPORTED",
        patch(upload, bytes("world"), "Content-Range", "0-4", "Content-Range", "5-9"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00000000-0000-0000-0000-000000000000",
        "x",
        "..",
        "00000000-0000-0000-0000-00000000000A",
      })
  void knowsOnlyUploadsThatAreOpen(String id) throws IOException {
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", patch("/v2/a/blobs/uploads/" + id, bytes("hello")));
  }

  @Test
  void knowsNoUploadOfAnotherRepository() throws IOException {
    String upload = beginUpload("a").replace("/v2/a/", "/v2/b/");
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", patch(upload, bytes("hello")));
  }

  @Test
  void asksForTheBodyOnlyIfTheUploadIsOpen() throws IOException {
    String upload = beginUpload("a");
    String rest = " HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n";
    try (RawConnection connection = connect()) {
      connection.send("PATCH /v2/a/blobs/uploads/" + new java.util.UUID(0, 0) + rest);
      assertEquals(404, connection.answer().status());
      assertTrue(connection.isEnded());
    }
    try (RawConnection connection = connect()) {
      connection.send("PATCH " + upload + rest);
      assertEquals(100, connection.answer().status());
      assertEquals(202, connection.send("hello").answer().status());
    }
  }

  @Test
  void takesInWhatIsOnItsWayWhenABodyIsRefusedThatWasAskedFor() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection connection = connect()) {
      connection.send(
          "PATCH "
              + upload
              + " HTTP/1.1\r\nHost: a\r\nContent-Range: 0-0\r\n"
              + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
      assertEquals(100, connection.answer().status());
      assertEquals(400, connection.send("2\r\nab\r\n").answer().status());
      connection.send("61a80\r\n" + "x".repeat(400_000) + "\r\n0\r\n\r\n");
      connection.send("GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(200, connection.answer().status());
    }
  }
}
