package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileRequestTest {
  private static final String HOST = "Host: registry.example\r\n";

  private final RegistryServer server =
      new RegistryServer(CatalogOnly.empty(), TestOptions.usual());

  @BeforeEach
  void start() throws IOException {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -1\r\n\r\nhello",
        "Content-Length: 0x10\r\n\r\nhello",
        "Content-Length: 9223372036854775808\r\n\r\nhello",
        "Content-Length: 18446744073709551616\r\n\r\nhello",
        "Content-Length: 5, 6\r\n\r\nhello",
        "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
      })
  void refusesBodiesOfTwoLengthsOrNone(String rest) throws IOException {
    refusesAndEnds("PATCH /v2/a/blobs/uploads/x HTTP/1.1\r\n" + HOST + rest, Set.of(400, 501));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Foo: a\r\n b\r\n\r\n",
        "Foo : a\r\n\r\n",
        "Fo\u0001o: a\r\n\r\n",
        "Foo: a\u0000b\r\n\r\n",
        "Foo\r\n\r\n",
        ": a\r\n\r\n",
        "Foo: a\rb: c\r\n\r\n",
      })
  void refusesMalformedHeaderFields(String rest) throws IOException {
    refusesAndEnds("GET /v2/ HTTP/1.1\r\n" + HOST + rest, Set.of(400));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v2/ HTTP/1.1\r\n\r\n",
        "GET /v2/ HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /v2/ HTTP/1.1\r\nHost: a/b\r\n\r\n",
        "GET /v2/ HTTP/1.1\r\nHost: a\rb\r\n\r\n",
        "GET /v2/ HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /v2/\r\n\r\n",
        "GET /v2/ HTTP/3.7\r\nHost: a\r\n\r\n",
        "GET /v2/ HTTP/2.0\r\nHost: a\r\n\r\n",
        "\r\n\r\nnonsense\r\n\r\n",
      })
  void refusesMalformedRequestLinesAndHosts(String request) throws IOException {
    refusesAndEnds(request, Set.of(400, 426, 505));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v2/a/../b/tags/list",
        "/v2/a%2f..%2fb/tags/list",
        "/v2/a/%2e%2e/b/tags/list",
        "/v2//a/tags/list",
        "/v2/a;x=y/tags/list",
        "/v2/a%00/tags/list",
        "/v2/a%0d%0ab/tags/list",
        "/v2/a%zz/tags/list",
        "/v2/%c0%ae%c0%ae/tags/list",
        "/v2/A/tags/list",
        "/v2/a_/tags/list",
        "/v2/a___b/tags/list",
        "/v2/a..b/tags/list",
        "/v2/_catalog/tags/list",
        "/v2/\u00e4/tags/list",
        "/v2/a\\b/tags/list",
      })
  void answersHostilePathsWithARefusal(String path) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      Answer answer = connection.send("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n").answer();
      assertTrue(Set.of(400, 404).contains(answer.status()), answer.toString());
      assertIsError(answer);
    }
  }

  @Test
  void refusesNamesAbove255Characters() throws IOException {
    Answer answer = get("/v2/" + "a".repeat(256) + "/tags/list");
    assertEquals(400, answer.status());
    assertTrue(answer.body().contains("NAME_INVALID"), answer.body());
  }

  @Test
  void refusesAVeryLongRequestLine() throws IOException {
    refusesAndEnds(
        "GET /v2/" + "a".repeat(1024 * 1024) + " HTTP/1.1\r\n" + HOST + "\r\n", Set.of(414));
  }

  @Test
  void refusesVeryMuchHeader() throws IOException {
    String one = "GET /v2/ HTTP/1.1\r\n" + HOST + "Foo: " + "a".repeat(100_000) + "\r\n\r\n";
    refusesAndEnds(one, Set.of(431));
    String many = "GET /v2/ HTTP/1.1\r\n" + HOST + "Foo: a\r\n".repeat(10_000) + "\r\n";
    refusesAndEnds(many, Set.of(431));
  }

  @Test
  void answersATlsHelloAtOnce() throws IOException {
    byte[] hello = new byte[517];
    hello[0] = 0x16;
    hello[1] = 3;
    hello[2] = 1;
    hello[3] = 2;
    hello[5] = 1;
    try (RawConnection connection = new RawConnection(server.port())) {
      Answer answer = connection.send(hello).answer();
      assertEquals(400, answer.status());
      assertTrue(connection.isEnded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"get", "FOO", "CONNECT", "PRI"})
  void doesNotKnowOtherMethods(String method) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      Answer answer = connection.send(method + " /v2/ HTTP/1.1\r\n" + HOST + "\r\n").answer();
      assertTrue(Set.of(400, 501).contains(answer.status()), answer.toString());
      assertIsError(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "OPTIONS", "PUT", "DELETE", "PATCH", "POST"})
  void saysWhatAPathTakes(String method) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      Answer answer = connection.send(method + " /v2/ HTTP/1.1\r\n" + HOST + "\r\n").answer();
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD", answer.header("Allow").orElseThrow());
      assertIsError(answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "v2/", "registry.example:5000", "http://other.example/v2/"})
  void refusesTargetsThatAreNoPath(String target) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      Answer answer = connection.send("GET " + target + " HTTP/1.1\r\n" + HOST + "\r\n").answer();
      assertEquals(400, answer.status());
      assertIsError(answer);
    }
  }

  @Test
  void takesAnAbsoluteTarget() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      assertEquals(
          200,
          connection
              .send("GET http://registry.example/v2/ HTTP/1.1\r\n" + HOST + "\r\n")
              .answer()
              .status());
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "GET /v2/ HTTP/1.1\r\n%1$s\r\nGET /v2/A/tags/list HTTP/1.1\r\n%1$s\r\nGET /v2/_catalog HTTP/1.1\r\n%1$s\r\n"
              .formatted(HOST));
      assertEquals("{}", connection.answer().body());
      assertEquals(400, connection.answer().status());
      assertEquals("{\"repositories\":[]}", connection.answer().body());
    }
  }

  @Test
  void keepsTheConnectionBehindARefusedBody() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "POST /v2/ HTTP/1.1\r\n"
              + HOST
              + "Content-Length: 200000\r\n\r\n"
              + "x".repeat(200_000)
              + "GET /v2/ HTTP/1.1\r\n"
              + HOST
              + "\r\n");
      assertEquals(405, connection.answer().status());
      assertEquals(200, connection.answer().status());
    }
  }

  @Test
  void refusesWithoutAskingForTheBody() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "PUT /v2/a/blobs/uploads/x HTTP/1.1\r\n"
              + HOST
              + "Expect: 100-continue\r\nContent-Length: 200000\r\n\r\n");
      assertEquals(404, connection.answer().status());
      assertTrue(connection.isEnded());
    }
  }

  @Test
  void doesNotKnowOtherExpectations() throws IOException {
    refusesAndEnds("GET /v2/ HTTP/1.1\r\n" + HOST + "Expect: luck\r\n\r\n", Set.of(417));
  }

  @Test
  void ignoresAnOfferToUpgrade() throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "GET /v2/ HTTP/1.1\r\n"
              + HOST
              + "Connection: Upgrade, HTTP2-Settings\r\n"
              + "Upgrade: h2c\r\n"
              + "HTTP2-Settings: AAMAAABk\r\n\r\n");
      assertEquals(200, connection.answer().status());
    }
  }

  @Test
  void doesNotSayWhatItIsMadeOf() throws IOException {
    assertTrue(get("/v2/").header("Server").isEmpty());
    assertTrue(get("/nothing").header("Server").isEmpty());
  }

  private Answer get(String path) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      return connection.send("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n").answer();
    }
  }

  private void refusesAndEnds(String request, Set<Integer> statuses) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      String behind = "GET /v2/_catalog HTTP/1.1\r\n" + HOST + "\r\n";
      Answer answer = connection.sendWhileOpen(request + behind).answer();
      assertTrue(statuses.contains(answer.status()), answer.toString());
      assertIsError(answer);
      assertTrue(connection.isEnded(), "a second request came out of one");
    }
  }

  private static void assertIsError(Answer answer) {
    assertEquals("application/json", answer.header("Content-Type").orElse(""));
    assertEquals("nosniff", answer.header("X-Content-Type-Options").orElse(""));
    assertEquals("registry/2.0", answer.header("Docker-Distribution-Api-Version").orElse(""));
    assertTrue(answer.body().startsWith("{\"errors\":[{\"code\":\""), answer.body());
  }
}
