package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Status and cancellation of uploads. */
class UploadSessionTest extends ServerTest {
  @Test
  void saysWhereAnUploadStands() throws IOException {
    String upload = beginUpload("a");
    HttpResponse<byte[]> empty = get(upload);
    assertEquals(204, empty.statusCode());
    assertEquals("0-0", header(empty, "Range"));
    assertEquals(upload, header(empty, "Location"));
    assertTrue(upload.endsWith(header(empty, "Docker-Upload-UUID")));
    patch(upload, bytes("x"));
    assertEquals("0-0", header(get(upload), "Range"));
    patch(upload, bytes("yz"));
    assertEquals("0-2", header(get(upload), "Range"));
  }

  @Test
  void givesAnUploadUp() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello"));
    assertEquals(204, delete(upload).statusCode());
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", get(upload));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", delete(upload));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", patch(upload, bytes("hello")));
    assertRefused(
        404, "BLOB_UPLOAD_UNKNOWN", put(upload + "?digest=" + sha256(bytes("hello")), bytes("")));
    assertNoUploadIsOpen();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00000000-0000-0000-0000-000000000000", "x", "..", "manifest", "%3A", "-"})
  void knowsOnlyUploadsThatAreOpen(String id) throws IOException {
    String path = "/v2/a/blobs/uploads/" + id;
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", get(path));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", delete(path));
    assertRefused(
        404,
        "BLOB_UPLOAD_UNKNOWN",
        put(path + "?digest=" + sha256(bytes("hello")), bytes("hello")));
  }

  @Test
  void knowsNoUploadOfAVeryLongName() throws IOException {
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", get("/v2/a/blobs/uploads/" + "x".repeat(10_000)));
  }

  @Test
  void knowsNoUploadOfAnotherRepository() throws IOException {
    String upload = beginUpload("a");
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", get(upload.replace("/v2/a/", "/v2/b/")));
    assertRefused(404, "BLOB_UPLOAD_UNKNOWN", delete(upload.replace("/v2/a/", "/v2/a/b/")));
    assertEquals(204, get(upload).statusCode());
  }

  @Test
  void takesNoOtherMethodOnUploads() throws IOException {
    HttpResponse<byte[]> refused = get("/v2/a/blobs/uploads/");
    assertRefused(405, "UNSUPPORTED", refused);
    assertEquals("POST", header(refused, "Allow"));
    assertEquals("GET, PATCH, PUT, DELETE", header(post(beginUpload("a")), "Allow"));
  }

  @Test
  void hasNoStateInItsLocationThatCouldBeForged() throws IOException {
    String upload = beginUpload("a");
    assertTrue(upload.matches("/v2/a/blobs/uploads/[0-9a-f-]{36}"), upload);
    assertEquals(202, patch(upload + "?_state=forged&offset=7", bytes("hello")).statusCode());
    assertEquals("0-4", header(get(upload + "?_state=other"), "Range"));
  }
}
