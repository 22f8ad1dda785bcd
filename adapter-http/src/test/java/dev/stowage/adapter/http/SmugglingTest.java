package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests of which two readers might see different ends: whatever they are, what stands where a
 * body may be is never answered as a request.
 */
class SmugglingTest extends ServerTest {
  /** A request that another reader might take for the second one on the connection. */
  private static final String HIDDEN = "GET /v2/_catalog HTTP/1.1\r\nHost: a\r\n\r\n";

  private static final String CHUNKS = "5\r\nhello\r\n0\r\n\r\n";

  /** All answers to a PATCH with some header fields and what follows them. */
  private List<Answer> patch(String upload, String fields, String rest) throws IOException {
    return answers("PATCH " + upload + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + rest);
  }

  private List<Answer> answers(String sent) throws IOException {
    try (RawConnection connection = connect()) {
      connection.sendWhileOpen(sent);
      return connection.endOutput().answersToTheEnd();
    }
  }

  private static void assertOneRefusal(List<Answer> answers, String sent) {
    assertEquals(1, answers.size(), () -> sent + " gave " + answers);
    Answer answer = answers.get(0);
    assertTrue(Set.of(400, 501).contains(answer.status()), () -> sent + " gave " + answer);
    assertTrue(answer.body().startsWith("{\"errors\":[{\"code\":\""), answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
        "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 0\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked, chunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: identity\r\n",
        "Transfer-Encoding: identity, chunked\r\n",
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: chunked;q=1\r\n",
        "Transfer-Encoding: \"chunked\"\r\n",
        "Transfer-Encoding: x\r\n",
        "Transfer-Encoding: ,chunked,\r\n",
        "Transfer-Encoding:\r\n",
        "Transfer-Encoding: \u000bchunked\r\n",
        "Transfer-Encoding: chunked\u0000\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Transfer-Encoding\t: chunked\r\n",
        "Transfer-Encoding\u0000: chunked\r\n",
        " Transfer-Encoding: chunked\r\n",
        "X: y\r\n Transfer-Encoding: chunked\r\n",
        "X: y\nTransfer-Encoding: chunked\r\n",
        "X: y\rTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\r\n chunked\r\n",
        "Transfer-Encoding: chunked\n",
        "Content-Length: 0\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 0\r\n",
        "Content-Length: 0\r\nContent-Length: 5\r\n",
        "Content-Length: 5, 0\r\n",
        "Content-Length: 5 0\r\n",
        "Content-Length : 5\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: -5\r\n",
        "Content-Length: 0x5\r\n",
        "Content-Length: 5.0\r\n",
        "Content-Length: 5e0\r\n",
        "Content-Length: 5;\r\n",
        "Content-Length: \r\n",
        "Content-Length: five\r\n",
        "Content-Length: \u00b2\r\n",
        "Content-Length: 9223372036854775808\r\n",
        "Content-Length: 18446744073709551621\r\n",
        "Content-Length: 340282366920938463463374607431768211461\r\n",
      })
  void refusesARequestWhoseEndIsInDoubt(String fields) throws IOException {
    String upload = beginUpload("a");
    assertOneRefusal(patch(upload, fields, CHUNKS + HIDDEN), fields);
    assertOneRefusal(patch(upload, fields, "0\r\n\r\n" + HIDDEN), fields);
    assertEquals("0-0", header(get(upload), "Range"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding:\tchunked \r\n",
        "transfer-encoding: CHUNKED\r\n",
      })
  void takesChunksHoweverTheyAreSpelt(String fields) throws IOException {
    String upload = beginUpload("a");
    List<Answer> answers = patch(upload, fields, CHUNKS + HIDDEN);
    assertEquals(2, answers.size(), answers.toString());
    assertEquals(202, answers.get(0).status());
    assertEquals("{\"repositories\":[]}", answers.get(1).body());
    assertEquals("0-4", header(get(upload), "Range"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n"})
  void refusesALengthThatIsSaidTwiceOrTakesItOnce(String fields) throws IOException {
    String upload = beginUpload("a");
    List<Answer> answers = patch(upload, fields, "hello" + HIDDEN);
    assertTrue(
        (answers.size() == 1 && answers.get(0).status() == 400)
            || (answers.size() == 2 && answers.get(0).status() == 202),
        answers.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5\r\nhello\r\n0\r\n",
        "5\r\nhello0\r\n\r\n",
        "5\r\nhello\n0\r\n\r\n",
        "5\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r0\r\n\r\n",
        "5\rhello\r\n0\r\n\r\n",
        "5;\nx\r\nhello\r\n0\r\n\r\n",
        "5;a=\"\r\n\r\n0\r\n\r\n",
        "5;a\rb\r\nhello\r\n0\r\n\r\n",
        "-1\r\nhello\r\n0\r\n\r\n",
        "+5\r\nhello\r\n0\r\n\r\n",
        "5h\r\nhello\r\n0\r\n\r\n",
        "5_0\r\nhello\r\n0\r\n\r\n",
        "\r\nhello\r\n0\r\n\r\n",
        "100000005\r\nhello\r\n0\r\n\r\n",
        "7fffffff\r\nhello\r\n0\r\n\r\n",
        "10000000000000005\r\nhello\r\n0\r\n\r\n",
        "ffffffffffffffff\r\nhello\r\n0\r\n\r\n",
        "5\r\nhello\r\n0\n\n",
        "5\r\nhello\r\n0\r\nFoo : bar\r\n\r\n",
        "5\r\nhello\r\n0\r\n Foo: bar\r\n\r\n",
      })
  void makesNoSecondRequestOutOfBrokenChunks(String chunks) throws IOException {
    String upload = beginUpload("a");
    assertOneRefusal(patch(upload, "Transfer-Encoding: chunked\r\n", chunks + HIDDEN), chunks);
    assertEquals(204, get(upload).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"5;x\r\n", "5;x=y\r\n", "5;x=\"y z\"\r\n", "05\r\n", "0000005\r\n"})
  void takesChunkExtensionsForNothing(String size) throws IOException {
    String upload = beginUpload("a");
    List<Answer> answers =
        patch(upload, "Transfer-Encoding: chunked\r\n", size + "hello\r\n0\r\n\r\n" + HIDDEN);
    assertEquals(2, answers.size(), answers.toString());
    assertEquals("0-4", answers.get(0).header("Range").orElse(""));
    assertEquals(200, answers.get(1).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "FOO"})
  void answersNoRequestThatIsTheBodyOfAnother(String method) throws IOException {
    String head = method + " /v2/ HTTP/1.1\r\nHost: a\r\n";
    List<Answer> plain = answers(head + "Content-Length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
    String size = Integer.toHexString(HIDDEN.length());
    List<Answer> chunked =
        answers(
            head + "Transfer-Encoding: chunked\r\n\r\n" + size + "\r\n" + HIDDEN + "\r\n0\r\n\r\n");
    for (List<Answer> answers : List.of(plain, chunked)) {
      assertEquals(1, answers.size(), answers.toString());
      assertTrue(!answers.get(0).body().contains("repositories"), answers.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v2/a/blobs/uploads/none", "/v2/A/manifests/v1", "/v2/"})
  void answersNoRequestThatIsTheRestOfARefusedBody(String path) throws IOException {
    String body = HIDDEN.repeat(3 * 1024 * 1024 / HIDDEN.length());
    String head = "PUT " + path + " HTTP/1.1\r\nHost: a\r\n";
    List<Answer> answers =
        answers(
            head
                + "Content-Length: "
                + body.length()
                + "\r\n\r\n"
                + body
                + "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n");
    assertTrue(!answers.isEmpty() && answers.get(0).status() >= 400, answers.toString());
    List<String> others = answers.stream().skip(1).map(Answer::body).toList();
    assertTrue(others.isEmpty() || others.equals(List.of("{}")), answers.toString());
  }

  @Test
  void refusesChunksOfAnOlderVersion() throws IOException {
    String upload = beginUpload("a");
    List<Answer> answers =
        answers(
            "PATCH "
                + upload
                + " HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + CHUNKS
                + HIDDEN);
    assertOneRefusal(answers, "HTTP/1.0");
  }

  @Test
  void answersManyRequestsInTheirOrder() throws IOException {
    String digest = pushBlob("a", bytes("a blob"));
    String upload = beginUpload("a");
    List<Answer> answers =
        answers(
            "GET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n"
                + "PATCH "
                + upload
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello"
                + "GET /v2/a/blobs/"
                + digest
                + " HTTP/1.1\r\nHost: a\r\n\r\n"
                + "PATCH "
                + upload
                + " HTTP/1.1\r\nHost: a\r\nContent-Range: 0-4\r\nContent-Length: 5\r\n\r\nagain"
                + "GET /v2/a/blobs/"
                + sha256(bytes("none"))
                + " HTTP/1.1\r\nHost: a\r\n\r\n"
                + "PATCH "
                + upload
                + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "6\r\n world\r\n0\r\n\r\n"
                + "GET /v2/a/tags/list HTTP/1.1\r\nHost: a\r\n\r\n"
                + HIDDEN);
    assertEquals(
        List.of(200, 202, 200, 416, 404, 202, 200, 200),
        answers.stream().map(Answer::status).toList());
    assertEquals("{}", answers.get(0).body());
    assertEquals("0-4", answers.get(1).header("Range").orElse(""));
    assertEquals("a blob", answers.get(2).body());
    assertEquals("0-10", answers.get(5).header("Range").orElse(""));
    assertEquals("{\"name\":\"a\",\"tags\":[]}", answers.get(6).body());
    assertEquals("{\"repositories\":[\"a\"]}", answers.get(7).body());
  }
}
