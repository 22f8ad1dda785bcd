package dev.stowage.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
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
    }
  }

  @Test
  void finishesARunningUploadAfterItWasToldToEnd() throws Exception {
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      HttpRequest start =
          HttpRequest.newBuilder(server.uri().resolve("/v2/a/blobs/uploads/"))
              .POST(BodyPublishers.noBody())
              .build();
      HttpResponse<Void> started = http.send(start, BodyHandlers.discarding());
      String location = started.headers().firstValue("Location").orElseThrow();
      try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
        OutputStream out = socket.getOutputStream();
        out.write(
            ("PATCH " + location + " HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        awaitStaged(server.uri(), location);
        server.command().terminate();
        out.write("67890".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        byte[] answer = socket.getInputStream().readNBytes("HTTP/1.1 202".length());
        assertEquals("HTTP/1.1 202", new String(answer, StandardCharsets.US_ASCII));
      }
      assertEquals(0, server.command().exitStatus());
    }
  }

  /** Waits until the request is being served: the connection is accepted before its body is. */
  private void awaitStaged(URI server, String location) throws Exception {
    Path uploads = directory.resolve("uploads");
    String id = location.substring(location.lastIndexOf('/') + 1);
    for (int i = 0; i < 2_000; i++) {
      try (var files = Files.walk(uploads)) {
        if (files.anyMatch(f -> f.endsWith(id) && f.toFile().length() == 5)) {
          return;
        }
      }
      Thread.sleep(5);
    }
    throw new AssertionError("the first bytes were not staged by " + server);
  }

  @Test
  void refusesADirectoryThatAnotherProcessHas() throws Exception {
    try (StowageCommand.Served first = StowageCommand.serve(directory);
        StowageCommand second =
            StowageCommand.run(
                "serve", "--data", directory.toString(), "--listen", "127.0.0.1:0")) {
      assertEquals(1, second.exitStatus());
      String said = second.restOfErrors();
      assertTrue(said.contains("in use by process " + first.command().pid()), said);
      assertTrue(said.contains("since "), said);
      assertEquals(200, status(first.uri(), "GET", "/v2/"));
    }
  }

  @Test
  void namesTheAddressThatItCannotListenOn() throws Exception {
    try (StowageCommand.Served first = StowageCommand.serve(directory.resolve("one"));
        StowageCommand second =
            StowageCommand.run(
                "serve",
                "--data",
                directory.resolve("two").toString(),
                "--listen",
                "127.0.0.1:" + first.uri().getPort())) {
      assertEquals(1, second.exitStatus());
      String said = second.restOfErrors();
      assertTrue(said.contains("127.0.0.1:" + first.uri().getPort()), said);
    }
  }

  @Test
  void refusesASettingThatIsNotThere() throws Exception {
    try (StowageCommand command = StowageCommand.run("serve", "--set", "delete.enabled=true")) {
      assertEquals(2, command.exitStatus());
      String said = command.restOfErrors();
      assertTrue(said.contains("did you mean deletes.enabled?"), said);
    }
  }

  @Test
  void asksForACommand() throws Exception {
    try (StowageCommand command = StowageCommand.run()) {
      assertEquals(2, command.exitStatus());
      String said = command.restOfErrors();
      assertTrue(said.contains("serve"), said);
    }
  }

  @Test
  void doesWhatItsSettingsSay() throws Exception {
    try (StowageCommand.Served server =
        StowageCommand.serve(
            directory,
            "--set",
            "deletes.enabled=false",
            "--set",
            "manifests.max-size=10B",
            "--set",
            "manifests.sparse=true")) {
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
