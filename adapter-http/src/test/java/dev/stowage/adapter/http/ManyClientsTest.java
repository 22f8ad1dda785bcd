package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Very many clients that do nothing, or almost nothing, while another one wants to be served. */
class ManyClientsTest extends ServerTest {
  private static final int MANY = 2_000;

  private final List<RawConnection> clients = new ArrayList<>();

  @Override
  HttpOptions options() {
    return TestOptions.patient();
  }

  @AfterEach
  void leave() throws IOException {
    for (RawConnection client : clients) {
      client.reset();
    }
  }

  private void connectMany(int count, String sent) throws IOException {
    for (int i = 0; i < count; i++) {
      RawConnection client = connect();
      clients.add(client);
      client.send(sent);
    }
  }

  private void assertServed() throws IOException {
    String image = image("b", "v1");
    pushManifest("b", "v1", IMAGE, image);
    assertEquals(image, text(get("/v2/b/manifests/v1")));
  }

  private void assertRead() throws IOException {
    try (RawConnection connection = connect()) {
      String blob = "/v2/a/blobs/" + sha256(bytes("x"));
      assertEquals("{}", connection.request("GET", "/v2/").answer().body());
      assertEquals("x", connection.request("GET", blob).answer().body());
      assertEquals(202, connection.request("POST", "/v2/a/blobs/uploads/").answer().status());
    }
  }

  private RawConnection firstAnswered() throws IOException {
    while (true) {
      for (RawConnection client : clients) {
        if (client.isAnswered()) {
          return client;
        }
      }
    }
  }

  @Test
  void servesOthersWhileManyAreSilent() throws IOException {
    connectMany(MANY, "");
    assertServed();
  }

  @Test
  void servesOthersWhileManyHaveBegunAHeader() throws IOException {
    connectMany(MANY, "GET /v2/ HTTP/1.1\r\nHost: a\r\nFoo: " + "x".repeat(1000));
    assertServed();
  }

  @Test
  void servesReadersWhileManyHaveBegunABody() throws IOException {
    pushBlob("a", bytes("x"));
    connectMany(
        MANY,
        "POST /v2/a/blobs/uploads/?digest="
            + sha256(bytes("none"))
            + " HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx");
    assertRead();
    Answer refused = firstAnswered().answer();
    assertEquals(503, refused.status(), refused.toString());
    assertTrue(refused.header("Retry-After").isPresent(), refused.toString());
    assertTrue(refused.body().contains("\"code\":\"UNAVAILABLE\""), refused.body());
  }

  @Test
  void servesReadersWhileManyHaveBegunAManifest() throws IOException {
    pushBlob("a", bytes("x"));
    connectMany(
        MANY,
        "PUT /v2/a/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Type: "
            + IMAGE
            + "\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n");
    assertRead();
  }

  @Test
  void servesOthersWhileManyTakeNothingOfABlob() throws IOException {
    String digest = pushBlob("a", randomBytes(8 * 1024 * 1024));
    connectMany(200, "GET /v2/a/blobs/" + digest + " HTTP/1.1\r\nHost: a\r\n\r\n");
    assertServed();
    assertEquals(digest, sha256(get("/v2/a/blobs/" + digest).body()));
  }
}
