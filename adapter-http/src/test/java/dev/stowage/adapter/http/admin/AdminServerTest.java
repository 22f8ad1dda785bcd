package dev.stowage.adapter.http.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubReport;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // a server is there to be asked, not to be referred to
class AdminServerTest {
  private static final Call CALL = new Call(List.of("a=b"), Map.of("x", "\u00e9\n\"", "y", ""));

  @TempDir private Path directory;
  private final List<String> reasons = new ArrayList<>();

  private AdminServer started(Path where, AdminOperation operation) throws IOException {
    AdminServer server = new AdminServer(where, Map.of("op", operation), () -> reasons);
    server.start();
    return server;
  }

  private static Outcome wellDone(Call call, Progress progress) {
    return new Outcome(0, call.toString(), "", "{}");
  }

  @Test
  void runsAnOperationAndTellsItsProgressAndItsOutcome() throws IOException {
    Digest digest = Digest.canonical(ByteBuffer.allocate(0));
    ScrubReport report =
        new ScrubReport(
            1,
            2,
            3,
            List.of(),
            List.of(),
            List.of(),
            List.of(new ScrubReport.Orphan("p", 7, true)),
            List.of(digest),
            0);
    AdminOperation operation =
        (call, progress) -> {
          try {
            progress.tell("one \u00e9");
            progress.tell("two\nlines");
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          assertEquals(CALL, call);
          return Outcome.of(1, report, "some\noutput");
        };
    List<String> told = new ArrayList<>();
    try (AdminServer server = started(directory, operation)) {
      assertEquals(
          Optional.of(
              new Outcome(
                  1,
                  "some\noutput",
                  "",
                  "{\"blobs\":1,\"manifests\":2,\"bytes\":3,\"damagedBlobs\":[],"
                      + "\"damagedManifests\":[],\"dangling\":[],\"orphans\":[{\"place\":\"p\","
                      + "\"bytes\":7,\"deleted\":true}],\"released\":[\""
                      + digest
                      + "\"],\"unlisted\":0}")),
          new AdminClient(directory).ask("op", CALL, told::add));
    }
    assertEquals(List.of("one \u00e9", "two\nlines"), told);
  }

  @Test
  void isNobodyElsesToUse() throws IOException {
    try (AdminServer server = started(directory, AdminServerTest::wellDone)) {
      assertEquals(
          PosixFilePermissions.fromString("rw-------"),
          Files.getPosixFilePermissions(directory.resolve("admin.sock")));
      assertFalse(Files.exists(directory.resolve("admin.new")));
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    started(directory, AdminServerTest::wellDone).close();
    try (var left = Files.list(directory)) {
      assertEquals(List.of(), left.toList());
    }
    assertEquals(Optional.empty(), new AdminClient(directory).ask("op", CALL, Progress.SILENT));
  }

  @Test
  void takesThePlaceOfTheSocketOfAServerThatWasKilled() throws IOException {
    Path socket = directory.resolve("admin.sock");
    try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket));
    }
    assertTrue(Files.exists(socket));
    assertEquals(Optional.empty(), new AdminClient(directory).ask("op", CALL, Progress.SILENT));
    Files.createDirectory(directory.resolve("admin.new"));
    try (AdminServer server = started(directory, AdminServerTest::wellDone)) {
      assertTrue(new AdminClient(directory).ask("op", CALL, Progress.SILENT).isPresent());
    }
  }

  @Test
  void listensElsewhereWhereThePathIsTooLong() throws IOException {
    Path deep = Files.createDirectories(directory.resolve("d".repeat(100)));
    AdminServer killed = started(deep, AdminServerTest::wellDone);
    Path first = Path.of(Files.readString(deep.resolve("admin.path")).strip());
    assertEquals(
        PosixFilePermissions.fromString("rwx------"),
        Files.getPosixFilePermissions(first.getParent()));
    try (AdminServer server = started(deep, AdminServerTest::wellDone)) {
      assertFalse(Files.exists(first.getParent()), "what the killed server left is removed");
      assertTrue(new AdminClient(deep).ask("op", CALL, Progress.SILENT).isPresent());
    }
    killed.close();
    try (var left = Files.list(deep)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void saysHowItIs() throws IOException {
    try (AdminServer server = started(directory, AdminServerTest::wellDone)) {
      assertEquals("200 {\"status\":\"live\",\"reasons\":[]}", send("GET /livez"));
      assertEquals("200 {\"status\":\"ready\",\"reasons\":[]}", send("GET /readyz"));
      reasons.add("the disk is full");
      assertEquals(
          "503 {\"status\":\"not ready\",\"reasons\":[\"the disk is full\"]}", send("GET /readyz"));
      assertEquals("200 {\"status\":\"live\",\"reasons\":[]}", send("GET /livez"));
      assertEquals("405 {\"status\":\"method not allowed\",\"reasons\":[]}", send("PUT /livez"));
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() throws IOException {
    try (AdminServer server = started(directory, AdminServerTest::wellDone)) {
      assertEquals("404 {\"status\":\"not found\",\"reasons\":[]}", send("GET /"));
      assertEquals("404 {\"status\":\"not found\",\"reasons\":[]}", send("POST /operations/no"));
      assertEquals(
          "405 {\"status\":\"method not allowed\",\"reasons\":[]}", send("GET /operations/op"));
      assertTrue(send("POST /operations/op").startsWith("400 "));
      IOException refused =
          assertThrows(
              IOException.class, () -> new AdminClient(directory).ask("no", CALL, Progress.SILENT));
      assertTrue(String.valueOf(refused.getMessage()).contains("\"no\""), refused.getMessage());
    }
  }

  /** Status and body of an answer to a request without a body. */
  private String send(String line) throws IOException {
    try (SocketChannel channel =
        SocketChannel.open(UnixDomainSocketAddress.of(directory.resolve("admin.sock")))) {
      channel.write(
          StandardCharsets.US_ASCII.encode(
              line + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(9, 12) + " " + answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }

  @Test
  void endsAnOperationWhoseClientHasGone() throws Exception {
    CompletableFuture<Exception> ended = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    AdminOperation endless =
        (call, progress) -> {
          try {
            progress.tell("begun");
            begun.countDown();
            while (true) {
              progress.tell("still there");
            }
          } catch (IOException e) {
            ended.complete(e);
            return Outcome.failed(1, "ended");
          }
        };
    try (AdminServer server = started(directory, endless)) {
      assertThrows(
          IOException.class,
          () ->
              new AdminClient(directory)
                  .ask(
                      "op",
                      CALL,
                      line -> {
                        throw new IOException("the client goes");
                      }));
      assertTrue(begun.await(60, TimeUnit.SECONDS));
      assertTrue(ended.get(60, TimeUnit.SECONDS) instanceof IOException);
    }
  }

  @Test
  void endsAnOperationWhenItIsClosed() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    AdminOperation endless =
        (call, progress) -> {
          try {
            progress.tell("begun");
            while (true) {
              progress.tell("");
            }
          } catch (IOException e) {
            return Outcome.failed(1, String.valueOf(e.getMessage()));
          }
        };
    AdminServer server = started(directory, endless);
    CompletableFuture<Void> closed =
        CompletableFuture.runAsync(
            () -> {
              try {
                assertTrue(closing.await(60, TimeUnit.SECONDS));
                server.close();
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    assertEquals(
        "the server is stopping",
        new AdminClient(directory)
            .ask("op", CALL, line -> closing.countDown())
            .orElseThrow()
            .errors());
    closed.get(60, TimeUnit.SECONDS);
  }
}
