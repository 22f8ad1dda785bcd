package dev.stowage.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServeTest {
  private static final String BLOB =
      "/v2/a/blobs/sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  @TempDir Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private int status(URI server, String method, String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .method(method, BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void saysWhereItIsReadyAndEndsWithStatusZeroWhenItIsTold() throws Exception {
    Path data = directory.resolve("data");
    try (StowageCommand.Served server = StowageCommand.serve(data)) {
      assertEquals(data.toAbsolutePath(), server.data());
      assertEquals(200, status(server.uri(), "GET", "/v2/"));
      server.command().terminate();
      assertEquals(0, server.command().exitStatus());
      assertThrows(IOException.class, () -> status(server.uri(), "GET", "/v2/"));
      assertEquals("", server.command().restOfErrors());
      assertEquals("", server.command().output());
    }
  }

  @Test
  void finishesARunningUploadAndRefusesNewRequestsAfterItWasToldToEnd() throws Exception {
    String location;
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      location = startUpload(server.uri());
      try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
        send(
            socket,
            "PATCH "
                + location
                + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n");
        // Only a request that is being served is asked for its body.
        String asked = "HTTP/1.1 100 Continue\r\n\r\n";
        assertEquals(asked, receive(socket, asked.length()));
        send(socket, "12345");
        server.command().terminate();
        awaitRefusal(server.uri());
        send(socket, "67890");
        assertEquals("HTTP/1.1 202", receive(socket, "HTTP/1.1 202".length()));
      }
      assertEquals(0, server.command().exitStatus());
    }
    try (StowageCommand.Served again = StowageCommand.serve(directory)) {
      HttpRequest ask = HttpRequest.newBuilder(again.uri().resolve(location)).build();
      HttpResponse<Void> kept = http.send(ask, BodyHandlers.discarding());
      assertEquals(Optional.of("0-9"), kept.headers().firstValue("Range"));
    }
  }

  private String startUpload(URI server) throws Exception {
    HttpRequest start =
        HttpRequest.newBuilder(server.resolve("/v2/a/blobs/uploads/"))
            .POST(BodyPublishers.noBody())
            .build();
    HttpResponse<Void> started = http.send(start, BodyHandlers.discarding());
    return started.headers().firstValue("Location").orElseThrow();
  }

  /** Returns when a new request is refused, as it is until the process ends at the latest. */
  private void awaitRefusal(URI server) throws Exception {
    int status = 200;
    while (status == 200) {
      try {
        status = status(server, "GET", "/v2/");
      } catch (IOException refused) {
        return;
      }
    }
    assertEquals(503, status);
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String receive(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }

  @Test
  void refusesADirectoryThatAnotherProcessHasAndChangesNothing() throws Exception {
    try (StowageCommand.Served first = StowageCommand.serve(directory)) {
      Map<Path, String> before = files();
      String said = failure("serve", "--data", directory.toString(), "--listen", "127.0.0.1:0");
      assertTrue(
          said.matches(
              "stowage: data directory "
                  + directory
                  + " is in use by process "
                  + first.command().pid()
                  + " on \\S+ since \\S+Z"),
          said);
      assertEquals(before, files());
      assertEquals(200, status(first.uri(), "GET", "/v2/"));
    }
  }

  /** Every file of the directory with its size and the time of its last change. */
  private Map<Path, String> files() throws IOException {
    Map<Path, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        files.put(file, Files.size(file) + " " + Files.getLastModifiedTime(file));
      }
    }
    return files;
  }

  @Test
  void namesTheAddressThatIsInUseAndGivesTheDirectoryUp() throws Exception {
    Path data = directory.resolve("two");
    try (StowageCommand.Served first = StowageCommand.serve(directory.resolve("one"))) {
      String address = "127.0.0.1:" + first.uri().getPort();
      assertEquals(
          "stowage: cannot listen on " + address + ": Address already in use",
          failure("serve", "--data", data.toString(), "--listen", address));
    }
    assertFalse(Files.exists(data.resolve("lock.holder")), "the directory was closed");
  }

  @Test
  void namesAnAddressThatIsNotThere() throws Exception {
    assertEquals(
        "stowage: cannot listen on nowhere.invalid:0: no such host",
        failure("serve", "--data", directory.toString(), "--listen", "nowhere.invalid:0"));
    assertEquals(
        "stowage: cannot listen on 192.0.2.1:0: Cannot assign requested address",
        failure("serve", "--data", directory.toString(), "--listen", "192.0.2.1:0"));
  }

  @Test
  void saysWhatIsWrongWithADirectoryThatIsAFile() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    assertEquals(
        "stowage: " + file + ": is there already",
        failure("serve", "--data", file.toString(), "--listen", "127.0.0.1:0"));
  }

  /** What a command says that ends with status 1: one line. */
  private static String failure(String... arguments) throws Exception {
    return ended(1, arguments);
  }

  private static String ended(int status, String... arguments) throws Exception {
    try (StowageCommand command = StowageCommand.run(arguments)) {
      assertEquals(status, command.exitStatus());
      assertEquals("", command.output());
      return command.restOfErrors();
    }
  }

  @Test
  void refusesASettingThatIsNotThereWithTheNearest() throws Exception {
    assertEquals(
        "stowage: no setting \"delete.enabled\"; did you mean deletes.enabled?",
        ended(2, "serve", "--set", "delete.enabled=true"));
  }

  @Test
  void refusesAnAddressThatIsNone() throws Exception {
    assertEquals(
        "stowage: http.listen=5000: expected HOST:PORT, as in 127.0.0.1:5000 or [::1]:5000",
        ended(2, "serve", "--listen", "5000"));
  }

  @Test
  void refusesADirectoryThatIsGivenInTwoWays() throws Exception {
    assertEquals(
        "stowage: data.dir is set twice",
        ended(2, "serve", "--data", "one", "--set", "data.dir=two"));
    assertEquals(
        "stowage: http.listen is set twice",
        ended(2, "serve", "--listen", "[::1]:0", "--set", "http.listen=[::1]:0"));
  }

  @Test
  void namesAnOptionThatIsNotThere() throws Exception {
    String said = ended(2, "serve", "--datadir", "one");
    assertTrue(said.contains("--datadir"), said);
  }

  @Test
  void tellsItsUsageAndItsVersion() throws Exception {
    assertTrue(told("--help").contains("serve"));
    assertTrue(told("serve", "--help").contains("--set=KEY=VALUE"));
    assertTrue(told("--version").startsWith("stowage "));
  }

  private static String told(String... arguments) throws Exception {
    try (StowageCommand command = StowageCommand.run(arguments)) {
      assertEquals(0, command.exitStatus());
      assertEquals("", command.restOfErrors());
      return command.output();
    }
  }

  @Test
  void asksForACommand() throws Exception {
    String said = ended(2);
    assertTrue(said.startsWith("a command is missing"), said);
    assertTrue(said.contains("Usage: stowage "), said);
  }

  @Test
  void acceptsAManifestWithoutItsBlobsOnlyWhereItIsSparse() throws Exception {
    try (StowageCommand.Served server = StowageCommand.serve(directory.resolve("whole"))) {
      assertEquals(400, push(server.uri()));
    }
    try (StowageCommand.Served server =
        StowageCommand.serve(directory.resolve("sparse"), "--set", "manifests.sparse=true")) {
      assertEquals(201, push(server.uri()));
    }
  }

  private int push(URI server) throws Exception {
    String missing =
        "{\"mediaType\": \"application/octet-stream\", \"size\": 0, \"digest\": \"sha256:"
            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"}";
    HttpRequest put =
        HttpRequest.newBuilder(server.resolve("/v2/a/manifests/v1"))
            .header("Content-Type", "application/vnd.oci.image.manifest.v1+json")
            .PUT(
                BodyPublishers.ofString(
                    "{\"schemaVersion\": 2, \"config\": " + missing + ", \"layers\": []}"))
            .build();
    return http.send(put, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void doesWhatItsSettingsSay() throws Exception {
    try (StowageCommand.Served server =
        StowageCommand.serve(
            directory, "--set", "deletes.enabled=false", "--set", "manifests.max-size=10B")) {
      assertEquals(405, status(server.uri(), "DELETE", BLOB));
      HttpRequest put =
          HttpRequest.newBuilder(server.uri().resolve("/v2/a/manifests/v1"))
              .header("Content-Type", "application/vnd.oci.image.index.v1+json")
              .PUT(BodyPublishers.ofString("{\"schemaVersion\": 2, \"manifests\": []}"))
              .build();
      assertEquals(413, http.send(put, BodyHandlers.discarding()).statusCode());
    }
  }
}
