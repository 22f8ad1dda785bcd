package dev.stowage.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command, with a server and without one. */
@Timeout(120)
class GcTest {
  private static final String CONTENT = "some content";
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap(CONTENT.getBytes(UTF_8)));

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private String gc(String... more) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("gc", "--data", directory.toString()));
    arguments.addAll(List.of(more));
    try (StowageCommand command = StowageCommand.run(arguments.toArray(String[]::new))) {
      String output = command.output();
      assertEquals(0, command.exitStatus(), command::restOfErrors);
      return output;
    }
  }

  private Assembly serve(String... settings) throws Exception {
    List<String> all = new ArrayList<>(List.of("http.listen=127.0.0.1:0", "data.dir=" + directory));
    all.addAll(List.of(settings));
    return Assembly.start(GivenSettings.of(all));
  }

  private void push(URI server) throws IOException, InterruptedException {
    URI upload = server.resolve("/v2/a/b/blobs/uploads/?digest=" + DIGEST);
    assertEquals(
        201, status(HttpRequest.newBuilder(upload).POST(BodyPublishers.ofString(CONTENT))));
  }

  private int pull(URI server) throws IOException, InterruptedException {
    return status(HttpRequest.newBuilder(server.resolve("/v2/a/b/blobs/" + DIGEST)));
  }

  private int status(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  @Test
  void asksTheServerThatRuns() throws Exception {
    Assembly server = serve("gc.grace=0s", "gc.lease=0s");
    try {
      push(server.uri());
      String planned = gc("--dry-run");
      assertTrue(planned.contains("would remove link a/b@" + DIGEST + ": no manifest"), planned);
      assertTrue(planned.contains("would remove blob " + DIGEST + " of 12 bytes"), planned);
      assertEquals(200, pull(server.uri()));
      String done = gc();
      assertTrue(done.contains("removed link a/b@" + DIGEST), done);
      assertTrue(
          done.contains("removed 0 tags, 0 manifests, 1 links and 1 blobs of 12 bytes"), done);
      assertTrue(done.contains("nothing waits for review"), done);
      assertEquals(404, pull(server.uri()));
    } finally {
      server.close();
    }
  }

  @Test
  void removesNothingWithinTheTimesThatAreSet() throws Exception {
    Assembly server = serve("gc.lease=0s");
    try {
      push(server.uri());
      String done = gc("--set", "gc.lease=0s");
      assertTrue(done.contains("0 links"), done);
      assertTrue(done.contains("1 wait for review"), done);
      assertEquals(200, pull(server.uri()));
    } finally {
      server.close();
    }
  }

  @Test
  void opensTheDirectoryItselfWhereNoServerRuns() throws Exception {
    Assembly server = serve("gc.grace=0s", "gc.lease=0s");
    push(server.uri());
    server.close();
    String done = gc("--set", "gc.lease=0s", "--json");
    assertTrue(done.contains("\"links\":1"), done);
  }

  @Test
  void waitsForOneLeaseWhereItOpensTheDirectoryItself() throws Exception {
    Assembly server = serve("gc.grace=0s", "gc.lease=0s");
    push(server.uri());
    server.close();
    try (StowageCommand command =
        StowageCommand.run("gc", "--data", directory.toString(), "--set", "gc.lease=1s")) {
      String output = command.output();
      assertEquals(0, command.exitStatus());
      assertTrue(output.contains("removed link a/b@" + DIGEST), output);
      assertTrue(command.restOfErrors().contains("--set gc.lease=0s does not wait"), output);
    }
  }

  @Test
  void theServerCollectsByItself() throws Exception {
    Assembly server = serve("gc.grace=0s", "gc.lease=0s", "gc.interval=1s");
    try {
      push(server.uri());
      while (pull(server.uri()) != 404) {
        Thread.onSpinWait();
      }
    } finally {
      server.close();
    }
  }
}
