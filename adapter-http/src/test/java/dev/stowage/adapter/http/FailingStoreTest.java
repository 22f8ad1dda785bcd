package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.FaultyMetadataStore.Moment;
import dev.stowage.spi.NoSpaceException;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients hear when the bytes or the facts fail, and that all goes on afterwards. */
class FailingStoreTest extends ServerTest {
  private static final byte[] CONTENT = bytes("hello world");
  private static final String DIGEST = sha256(CONTENT);

  @Test
  void saysThatABlobCannotBePlaced() throws IOException {
    String upload = beginUpload("a");
    registry().faultyBytes().failEvery(Operation.PLACE_BEFORE_EFFECT);
    assertRefused(500, "UNAVAILABLE", put(upload + "?digest=" + DIGEST, CONTENT));
    assertEquals(404, head("/v2/a/blobs/" + DIGEST).statusCode());
    registry().faultyBytes().heal();
    pushBlob("a", CONTENT);
    assertArrayEquals(CONTENT, get("/v2/a/blobs/" + DIGEST).body());
  }

  @Test
  void takesTheRestOfAnUploadWhoseWriteFailed() throws IOException {
    String upload = beginUpload("a");
    patch(upload, bytes("hello "));
    registry().faultyBytes().failEvery(Operation.STAGING_WRITE);
    assertRefused(500, "UNAVAILABLE", patch(upload, bytes("world")));
    registry().faultyBytes().heal();
    assertEquals("0-5", header(get(upload), "Range"));
    assertEquals(201, put(upload + "?digest=" + DIGEST, bytes("world")).statusCode());
  }

  @Test
  void saysThatTheDiskIsFullAndGoesOnWhenItIsNot() throws IOException {
    String upload = beginUpload("a");
    registry().faultyBytes().failAs(NoSpaceException::new);
    registry().faultyBytes().failEvery(Operation.STAGING_WRITE);
    registry().faultyBytes().failEvery(Operation.STAGE);
    assertRefused(507, "UNAVAILABLE", patch(upload, CONTENT));
    assertRefused(507, "UNAVAILABLE", put(upload + "?digest=" + DIGEST, CONTENT));
    assertRefused(507, "UNAVAILABLE", post("/v2/a/blobs/uploads/"));
    assertRefused(507, "UNAVAILABLE", post("/v2/a/blobs/uploads/?digest=" + DIGEST, CONTENT));
    registry().faultyBytes().heal();
    assertEquals(201, put(upload + "?digest=" + DIGEST, CONTENT).statusCode());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isHeardByAClientThatOnlySendsUntilAllIsSent(boolean chunked) throws IOException {
    String upload = beginUpload("a");
    registry().faultyBytes().failAs(NoSpaceException::new);
    registry().faultyBytes().failEvery(Operation.STAGING_WRITE);
    int length = 24 * 1024 * 1024;
    byte[] part = randomBytes(1024 * 1024);
    String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length;
    try (RawConnection connection = connect()) {
      connection.send("PATCH " + upload + " HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n");
      for (int sent = 0; sent < length; sent += part.length) {
        if (chunked) {
          connection.send(Integer.toHexString(part.length) + "\r\n");
        }
        connection.send(part);
        if (chunked) {
          connection.send("\r\n");
        }
      }
      if (chunked) {
        connection.send("0\r\n\r\n");
      }
      RawConnection.Answer answer = connection.answer();
      assertEquals(507, answer.status());
      assertTrue(answer.body().contains("storage is full"), answer.body());
    }
  }

  @Test
  void saysThatAnUploadCannotBegin() throws IOException {
    registry().faultyBytes().failEvery(Operation.STAGE);
    assertRefused(500, "UNAVAILABLE", post("/v2/a/blobs/uploads/"));
    registry().faultyBytes().heal();
    registry().faultyFacts().failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertRefused(500, "UNAVAILABLE", post("/v2/a/blobs/uploads/"));
    assertEquals(202, post("/v2/a/blobs/uploads/").statusCode());
  }

  @Test
  void saysThatABlobCannotBeOpened() throws IOException {
    pushBlob("a", CONTENT);
    registry().faultyBytes().failEvery(Operation.OPEN);
    assertRefused(500, "UNAVAILABLE", get("/v2/a/blobs/" + DIGEST));
    assertEquals(200, head("/v2/a/blobs/" + DIGEST).statusCode());
    registry().faultyBytes().heal();
    assertEquals(200, get("/v2/a/blobs/" + DIGEST).statusCode());
  }

  @Test
  void saysThatFactsCannotBeRead() throws IOException {
    pushBlob("a", CONTENT);
    registry().faultyFacts().failReads(true);
    for (String path :
        new String[] {
          "/v2/a/blobs/" + DIGEST,
          "/v2/a/manifests/v1",
          "/v2/a/tags/list",
          "/v2/a/referrers/" + DIGEST,
          "/v2/_catalog"
        }) {
      assertRefused(500, "UNAVAILABLE", get(path));
      assertEquals(500, head(path).statusCode());
    }
    registry().faultyFacts().failReads(false);
    assertEquals(200, get("/v2/a/blobs/" + DIGEST).statusCode());
  }

  @Test
  void saysThatAManifestCannotBeKept() throws IOException {
    String image = image("a", "v1");
    registry().faultyFacts().failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertRefused(500, "UNAVAILABLE", putManifest("a", "v1", IMAGE, image));
    assertEquals(404, head("/v2/a/manifests/v1").statusCode());
    pushManifest("a", "v1", IMAGE, image);
  }

  @Test
  void saysThatNothingCouldBeDeleted() throws IOException {
    pushBlob("a", CONTENT);
    registry().faultyFacts().failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertRefused(500, "UNAVAILABLE", delete("/v2/a/blobs/" + DIGEST));
    assertEquals(200, get("/v2/a/blobs/" + DIGEST).statusCode());
  }

  @Test
  void neverPassesOffPartOfABlobAsTheWhole() throws IOException {
    CutOffChannel content = new CutOffChannel(3 * 1024 * 1024, 1024 * 1024);
    try (RegistryServer server = new RegistryServer(cutOff(content), TestOptions.usual())) {
      server.start();
      try (RawConnection connection = new RawConnection(server.port())) {
        connection.send("GET /v2/a/blobs/" + DIGEST + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThrows(EOFException.class, connection::wholeAnswer);
      }
    }
    assertFalse(content.isOpen());
  }

  @Test
  void saysThatABlobCannotBeReadIfItCanStillSaySo() throws IOException {
    CutOffChannel content = new CutOffChannel(3 * 1024 * 1024, 0);
    try (RegistryServer server = new RegistryServer(cutOff(content), TestOptions.usual())) {
      server.start();
      try (RawConnection connection = new RawConnection(server.port())) {
        RawConnection.Answer answer =
            connection
                .send("GET /v2/a/blobs/" + DIGEST + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .wholeAnswer();
        assertEquals(500, answer.status());
        assertTrue(answer.body().startsWith("{\"errors\":[{"), answer.body());
        assertTrue(answer.header("ETag").isEmpty());
        assertTrue(answer.header("Cache-Control").isEmpty());
        assertFalse(answer.body().contains("secret"), answer.body());
      }
    }
    assertFalse(content.isOpen());
  }

  private static OneBlob cutOff(CutOffChannel content) {
    Descriptor descriptor =
        new Descriptor(MediaType.OCTET_STREAM, content.size(), Digest.parse(DIGEST));
    return new OneBlob(new BlobDelivery.Content(descriptor, content));
  }
}
