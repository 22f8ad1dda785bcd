package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import dev.stowage.contract.FaultyBlobData.Operation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two requests for one upload at the same time. */
class UploadRaceTest extends ServerTest {
  private static final byte[] CONTENT = bytes("hello world");
  private static final String DIGEST = sha256(CONTENT);

  /** Holds up the first request that comes to a step, until the test lets it go on. */
  private final class Barrier {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    Barrier(Operation step) {
      registry()
          .faultyBytes()
          .failWhen(
              call -> {
                if (call.operation() == step) {
                  reached.countDown();
                  await(open);
                }
                return false;
              });
    }

    void awaitSomebody() {
      await(reached);
    }

    void open() {
      open.countDown();
    }

    private static void await(CountDownLatch latch) {
      try {
        if (!latch.await(30, TimeUnit.SECONDS)) {
          throw new AssertionError("nothing happened");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted", e);
      }
    }
  }

  private static String request(String method, String target, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: a\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private String uploadOf(byte[] content) throws IOException {
    String upload = beginUpload("a");
    assertEquals(202, patch(upload, content).statusCode());
    return upload;
  }

  private void assertOneBlob() throws IOException {
    assertArrayEquals(CONTENT, get("/v2/a/blobs/" + DIGEST).body());
    assertEquals(1, registry().placements());
    registry().assertNoUploadIsOpen();
  }

  @Test
  void makesOneBlobOfTwoPutsThatFinishAnUpload() throws IOException {
    String upload = uploadOf(CONTENT);
    Barrier placing = new Barrier(Operation.PLACE_BEFORE_EFFECT);
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      first.send(request("PUT", upload + "?digest=" + DIGEST, ""));
      placing.awaitSomebody();
      second.send(request("PUT", upload + "?digest=" + DIGEST, "")).pause();
      placing.open();
      assertEquals(201, first.answer().status());
      Answer refused = second.answer();
      assertEquals(404, refused.status(), refused.toString());
      assertTrue(refused.body().contains("BLOB_UPLOAD_UNKNOWN"), refused.body());
    }
    assertOneBlob();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "GET", "DELETE"})
  void letsWhoeverComesInACommitWaitAndFindTheUploadGone(String method) throws IOException {
    String upload = uploadOf(CONTENT);
    Barrier placing = new Barrier(Operation.PLACE_BEFORE_EFFECT);
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      first.send(request("PUT", upload + "?digest=" + DIGEST, ""));
      placing.awaitSomebody();
      second.send(request(method, upload, method.equals("PATCH") ? "more" : "")).pause();
      placing.open();
      assertEquals(201, first.answer().status());
      Answer refused = second.answer();
      assertEquals(404, refused.status(), refused.toString());
      assertTrue(refused.body().contains("BLOB_UPLOAD_UNKNOWN"), refused.body());
    }
    assertOneBlob();
  }

  @Test
  void letsWhoeverComesInACommitThatIsRefusedGoOn() throws IOException {
    String upload = uploadOf(bytes("hello "));
    // The bytes are read again, since the algorithm is first named here.
    Barrier reading = new Barrier(Operation.STAGING_READ);
    try (RawConnection first = connect();
        RawConnection second = connect()) {
      first.send(request("PUT", upload + "?digest=" + sha512(CONTENT), ""));
      reading.awaitSomebody();
      second.send(request("PATCH", upload, "world")).pause();
      reading.open();
      assertEquals(400, first.answer().status());
      Answer appended = second.answer();
      assertEquals(202, appended.status(), appended.toString());
      assertEquals("0-10", appended.header("Range").orElse(""));
    }
    assertEquals(201, put(upload + "?digest=" + sha512(CONTENT), new byte[0]).statusCode());
    assertOneBlob();
  }

  @Test
  void letsTheNewerOfTwoPatchesHaveTheUpload() throws IOException {
    String upload = beginUpload("a");
    try (RawConnection older = connect();
        RawConnection newer = connect()) {
      older.send("PATCH " + upload + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nold");
      while (registry().faultyBytes().count(Operation.STAGING_WRITE) == 0) {
        Thread.onSpinWait();
      }
      newer.send(request("PATCH", upload, "new"));
      Answer appended = newer.answer();
      assertEquals(202, appended.status());
      assertEquals("0-5", appended.header("Range").orElse(""));
      Answer refused = older.send("x".repeat(97)).answer();
      assertEquals(416, refused.status(), refused.toString());
      assertEquals("0-5", refused.header("Range").orElse(""));
    }
    assertEquals(201, put(upload + "?digest=" + sha256(bytes("oldnew")), new byte[0]).statusCode());
  }

  @Test
  void makesOneBlobOfManyUploadsOfTheSameBytes() throws IOException {
    List<RawConnection> connections = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        String upload = uploadOf(CONTENT);
        connections.add(connect().send(request("PUT", upload + "?digest=" + DIGEST, "")));
      }
      for (RawConnection connection : connections) {
        assertEquals(201, connection.answer().status());
      }
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
    assertOneBlob();
  }
}
