package dev.stowage.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.wiring.Assembly;
import dev.stowage.blob.Digest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands that tell, undo and end what was deleted: with a server, and without one. */
@Timeout(240)
class HistoryTest {
  private static final String SECRET = "a leaked secret, which is told nobody";
  private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
  private static final String IMAGE =
      "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
          .formatted(TYPE, descriptor(), descriptor());

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private static String descriptor() {
    return "{\"mediaType\":\"application/octet-stream\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(digest(SECRET), SECRET.length());
  }

  private static Digest digest(String text) {
    return Digest.canonical(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  private String run(int status, String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", directory.toString()));
    try (StowageCommand command = StowageCommand.run(all.toArray(String[]::new))) {
      String output = command.output();
      assertEquals(status, command.exitStatus(), command::restOfErrors);
      return output + command.restOfErrors();
    }
  }

  private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private boolean secretIsOnDisk() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) == SECRET.length() && Files.readString(file).equals(SECRET)) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void undoesADeletionAndEndsAnotherForGood() throws Exception {
    Assembly server =
        Assembly.start(
            GivenSettings.of(List.of("http.listen=127.0.0.1:0", "data.dir=" + directory)));
    URI tag = server.uri().resolve("/v2/a/b/manifests/v1");
    URI manifest = server.uri().resolve("/v2/a/b/manifests/" + digest(IMAGE));
    URI blob = server.uri().resolve("/v2/a/b/blobs/" + digest(SECRET));
    try {
      URI upload = server.uri().resolve("/v2/a/b/blobs/uploads/?digest=" + digest(SECRET));
      assertEquals(
          201, status(HttpRequest.newBuilder(upload).POST(BodyPublishers.ofString(SECRET))));
      assertEquals(
          201,
          status(
              HttpRequest.newBuilder(tag)
                  .header("Content-Type", TYPE)
                  .PUT(BodyPublishers.ofString(IMAGE))));
      assertTrue(run(0, "explain", "a/b:v1").startsWith("a/b:v1: kept"));
      assertEquals(202, status(HttpRequest.newBuilder(manifest).DELETE()));
      assertEquals(202, status(HttpRequest.newBuilder(blob).DELETE()));
      assertEquals(404, status(HttpRequest.newBuilder(tag)));
      assertEquals(404, status(HttpRequest.newBuilder(blob)));
      String history = run(0, "history", "a/b");
      assertTrue(history.contains("anonymous  tag v1 deleted from " + digest(IMAGE)), history);
      assertTrue(history.contains("anonymous  tag v1 set to " + digest(IMAGE)), history);
      String restored = run(0, "restore", "a/b:v1");
      assertTrue(restored.contains("brought back 1 manifests and 1 blobs"), restored);
      assertEquals(200, status(HttpRequest.newBuilder(tag)));
      assertEquals(200, status(HttpRequest.newBuilder(blob)));
      String kept = run(1, "purge", "a/b@" + digest(SECRET));
      assertTrue(kept.contains("still there: manifest " + digest(IMAGE) + " (v1)"), kept);
      assertEquals(202, status(HttpRequest.newBuilder(manifest).DELETE()));
      assertEquals(202, status(HttpRequest.newBuilder(blob).DELETE()));
      assertTrue(secretIsOnDisk());
    } finally {
      server.close();
    }
    String purged = run(0, "purge", "a/b@" + digest(SECRET), "--json");
    assertTrue(purged.contains("\"holds\":1") && purged.contains("\"blobs\":1"), purged);
    assertFalse(secretIsOnDisk());
    assertTrue(run(1, "restore", "a/b:v1").contains("is gone from a/b"));
    assertTrue(run(2, "restore", "a/b").contains("expected REPO:TAG"));
  }
}
