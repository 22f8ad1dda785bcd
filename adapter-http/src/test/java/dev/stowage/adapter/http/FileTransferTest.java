package dev.stowage.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Content that lies in a file goes from there to the client. */
class FileTransferTest {
  /** More than a socket takes at once, and no multiple of what is sent at a time. */
  private static final int SIZE = 9 * 1024 * 1024 + 17;

  private static final String PATH = "/v2/a/blobs/sha256:" + "a".repeat(64);

  @TempDir Path directory;
  private final List<WatchedFile> opened = new CopyOnWriteArrayList<>();
  private Path file;
  private String content;
  private RegistryServer server;

  @BeforeEach
  void serve() throws IOException {
    byte[] bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    content = new String(bytes, ISO_8859_1);
    file = Files.write(directory.resolve("content"), bytes);
    serve(TestOptions.usual());
  }

  private void serve(HttpOptions options) throws IOException {
    server = new RegistryServer(new OneBlob(this::delivery), options);
    server.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
    for (WatchedFile each : opened) {
      assertTrue(each.isClosedSoon());
    }
  }

  private BlobDelivery delivery() {
    try {
      WatchedFile watched = new WatchedFile(file);
      opened.add(watched);
      return new BlobDelivery.Content(
          new Descriptor(MediaType.OCTET_STREAM, SIZE, Digest.parse("sha256:" + "a".repeat(64))),
          watched);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RawConnection connect() throws IOException {
    return new RawConnection(server.port());
  }

  private void assertSentWithoutACopy(long bytes) throws InterruptedException {
    for (WatchedFile each : opened) {
      // The client may have the last byte before it is counted.
      assertTrue(each.isClosedSoon());
    }
    assertEquals(bytes, opened.stream().mapToLong(WatchedFile::transferred).sum());
    assertEquals(0, opened.stream().mapToLong(WatchedFile::read).sum());
  }

  @Test
  void sendsTheWholeWithoutACopy() throws Exception {
    try (RawConnection client = connect()) {
      assertEquals(content, client.request("GET", PATH).wholeAnswer().body());
    }
    assertSentWithoutACopy(SIZE);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "0,9437200", "1,1", "9437200,9437200", "1048575,1048576", "17,9000000"})
  void sendsOneRangeWithoutACopy(int first, int last) throws Exception {
    try (RawConnection client = connect()) {
      Answer answer = range(client, first + "-" + last).wholeAnswer();
      assertEquals(206, answer.status());
      assertEquals(content.substring(first, last + 1), answer.body());
    }
    assertSentWithoutACopy(last - first + 1);
  }

  private static RawConnection range(RawConnection client, String range) throws IOException {
    return client.send(
        "GET " + PATH + " HTTP/1.1\r\nHost: a\r\nRange: bytes=" + range + "\r\n\r\n");
  }

  @Test
  void readsSeveralRangesIntoABuffer() throws IOException {
    try (RawConnection client = connect()) {
      String body = range(client, "0-9,100-109").wholeAnswer().body();
      assertTrue(body.contains("\r\n\r\n" + content.substring(0, 10) + "\r\n--"));
      assertTrue(body.contains("\r\n\r\n" + content.substring(100, 110) + "\r\n--"));
    }
    assertEquals(20, opened.get(0).read());
    assertEquals(0, opened.get(0).transferred());
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws Exception {
    String get = "GET " + PATH + " HTTP/1.1\r\nHost: a\r\n";
    try (RawConnection client = connect()) {
      client.send(
          get
              + "\r\n"
              + get
              + "Range: bytes=5-9\r\n\r\nGET /v2/ HTTP/1.1\r\nHost: a\r\n\r\n"
              + get
              + "\r\n");
      assertEquals(content, client.wholeAnswer().body());
      assertEquals(content.substring(5, 10), client.wholeAnswer().body());
      assertEquals(200, client.wholeAnswer().status());
      assertEquals(content, client.wholeAnswer().body());
    }
    assertSentWithoutACopy(2L * SIZE + 5);
  }

  @Test
  void closesTheFileWhenTheClientGoesAway() throws Exception {
    try (RawConnection client = connect()) {
      client.request("GET", PATH);
      while (!client.isAnswered()) {
        Thread.onSpinWait();
      }
      client.reset();
    }
    assertTrue(opened.get(0).isClosedSoon());
    try (RawConnection next = connect()) {
      assertEquals(content, next.request("GET", PATH).wholeAnswer().body());
    }
  }

  @Test
  void goesOnWithAClientThatPauses() throws Exception {
    try (RawConnection client = connect();
        RawConnection other = connect()) {
      client.request("GET", PATH);
      assertEquals(content, other.request("GET", PATH).wholeAnswer().body());
      assertEquals(content, client.wholeAnswer().body());
    }
  }

  @Test
  void givesUpAClientThatTakesNothing() throws Exception {
    server.stop();
    serve(TestOptions.withMinRate(1_000_000_000, Duration.ofMillis(50)));
    try (RawConnection client = connect()) {
      client.request("GET", PATH);
      assertTrue(opened(0).isClosedSoon());
      assertThrows(IOException.class, client::wholeAnswer);
    }
  }

  /** The file of a request that has been sent. */
  private WatchedFile opened(int index) {
    while (opened.size() <= index) {
      Thread.onSpinWait();
    }
    return opened.get(index);
  }

  @Test
  void sendsAllOfAFileThatIsDeletedMeanwhile() throws IOException {
    try (RawConnection client = connect()) {
      client.request("GET", PATH);
      opened(0);
      Files.delete(file);
      assertEquals(content, client.wholeAnswer().body());
    }
  }

  @Test
  void cutsTheAnswerShortWhereTheFileIs() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(SIZE - 1);
    }
    try (RawConnection client = connect()) {
      assertThrows(EOFException.class, client.request("GET", PATH)::wholeAnswer);
      assertTrue(client.isEnded());
    }
  }
}
