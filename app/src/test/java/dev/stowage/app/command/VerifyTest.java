package dev.stowage.app.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, and with it what all commands on a data directory share. */
@SuppressWarnings("try") // a server is there to be asked, not to be referred to
class VerifyTest {
  private static final String CONTENT = "some content";
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap(CONTENT.getBytes(UTF_8)));

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();

  private record Ended(int status, String output, String errors) {}

  private static Ended run(String... arguments) throws Exception {
    try (StowageCommand command = StowageCommand.run(arguments)) {
      String output = command.output();
      return new Ended(command.exitStatus(), output, command.restOfErrors());
    }
  }

  private Ended verify(String... more) throws Exception {
    Stream<String> arguments =
        Stream.concat(Stream.of("verify", "--data", directory.toString()), Stream.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int push(URI server) throws IOException, InterruptedException {
    URI upload = server.resolve("/v2/a/b/blobs/uploads/?digest=" + DIGEST);
    return http.send(
            HttpRequest.newBuilder(upload).POST(BodyPublishers.ofString(CONTENT)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private int pull(URI server) throws IOException, InterruptedException {
    return http.send(
            HttpRequest.newBuilder(server.resolve("/v2/a/b/blobs/" + DIGEST)).build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @Test
  void saysTheSameWhetherAServerRunsOrNot() throws Exception {
    String well = "1 blobs and 0 manifests, 12 bytes read\nall is well\n";
    String damaged =
        "1 blobs and 0 manifests, 24 bytes read\n"
            + "damaged blob "
            + DIGEST
            + ": its bytes have another digest (linked by a/b)\nsomething is wrong\n";
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      assertEquals(201, push(server.uri()));
      assertEquals(new Ended(0, well, ""), verify());
      Files.writeString(file(), "s0me content");
      assertEquals(200, pull(server.uri()));
      assertEquals(new Ended(1, damaged, ""), verify());
      assertEquals(404, pull(server.uri()));
      server.command().terminate();
      assertEquals(0, server.command().exitStatus());
      String said = server.command().restOfErrors();
      assertTrue(said.contains("blob " + DIGEST + " of a/b is asked for and not given"), said);
    }
    assertFalse(Files.exists(directory.resolve("admin.sock")));
    Ended alone = verify();
    assertEquals(damaged, alone.output());
    assertEquals(1, alone.status());
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      assertEquals(404, pull(server.uri()));
      assertEquals(201, push(server.uri()));
      assertEquals(200, pull(server.uri()));
      assertEquals(new Ended(0, well, ""), verify("--repair"));
    }
  }

  @Test
  void worksOnADirectoryWhoseServerWasKilled() throws Exception {
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      assertEquals(201, push(server.uri()));
    }
    assertTrue(Files.exists(directory.resolve("admin.sock")), "a killed server leaves its socket");
    Path orphan = file().resolveSibling(DIGEST.hex() + ".0123abcd-0000-4000-8000-000000000000");
    Files.copy(file(), orphan);
    Ended found = verify();
    assertEquals(1, found.status());
    assertTrue(found.output().contains("nothing refers to "), found.output());
    assertTrue(Files.exists(orphan));
    assertEquals(0, verify("--repair").status());
    assertFalse(Files.exists(orphan));
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      assertEquals(200, pull(server.uri()));
      assertEquals(0, verify().status());
    }
  }

  @Test
  void printsTheReportForPrograms() throws Exception {
    try (StowageCommand.Served server = StowageCommand.serve(directory)) {
      assertEquals(
          new Ended(
              0,
              "{\"blobs\":0,\"manifests\":0,\"bytes\":0,\"damagedBlobs\":[],"
                  + "\"damagedManifests\":[],\"dangling\":[],\"orphans\":[],\"released\":[],"
                  + "\"unlisted\":0}\n",
              ""),
          verify("--json"));
    }
  }

  @Test
  void refusesASettingThatTheRunningServerHasOtherwise() throws Exception {
    try (StowageCommand.Served server =
        StowageCommand.serve(directory, "--set", "scrub.rate=1MiB")) {
      assertEquals(
          new Ended(
              2,
              "",
              "stowage: --set scrub.rate=2MiB is refused: the running server has scrub.rate=1MiB"),
          verify("--set", "scrub.rate=2MiB"));
      assertEquals(
          "stowage: --set deletes.enabled=false is refused: the running server has"
              + " deletes.enabled=true",
          verify("--set", "deletes.enabled=false").errors());
      assertEquals(
          0, verify("--set", "scrub.rate=1024KiB", "--set", "deletes.enabled=true").status());
    }
  }

  @Test
  void refusesASettingThatIsNone() throws Exception {
    assertEquals(
        new Ended(2, "", "stowage: no setting \"scrub.rat\"; did you mean scrub.rate?"),
        verify("--set", "scrub.rat=1"));
  }

  @Test
  void makesNoDirectory() throws Exception {
    Path absent = directory.resolve("absent");
    assertEquals(
        new Ended(1, "", "stowage: there is no data directory " + absent),
        run("verify", "--data", absent.toString()));
    assertFalse(Files.exists(absent));
  }

  @Test
  void namesWhoHasADirectoryWithoutAnsweringCommands() throws Exception {
    try (FileBlobData held = FileBlobData.open(directory, FileOptions.defaults())) {
      assertEquals(List.of(), held.placements(Optional.empty(), 1));
      Ended ended = verify();
      assertEquals(1, ended.status());
      assertTrue(
          ended.errors().contains("is in use by process " + ProcessHandle.current().pid()),
          ended.errors());
      assertTrue(ended.errors().endsWith(", which answers no commands"), ended.errors());
    }
  }
}
