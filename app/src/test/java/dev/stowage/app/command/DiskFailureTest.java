package dev.stowage.app.command;

import static dev.stowage.app.command.BlobClient.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose disk really fails, and recovers. */
@Timeout(600)
class DiskFailureTest {
  private static final int MIB = 1 << 20;
  private static final int HANDLES = 150;

  @TempDir Path directory;

  @Test
  void refusesUploadsBeforeTheDiskIsFullAndDeletesWhenItIs() throws Exception {
    try (Mounted disk = Mounted.at(directory.resolve("disk"), "384m");
        LoggedServer server = start("true", disk.root(), "disk.reserve=128MiB")) {
      BlobClient client = new BlobClient(server.uri());
      HttpResponse<byte[]> answer = client.push(16 * MIB);
      while (answer.statusCode() == 201) {
        answer = client.push(16 * MIB);
      }
      assertRefused(507, answer);
      assertTrue(usable(disk) >= 126L * MIB, () -> "the reserve is left");
      client.pullAll();
      client.deleteFirst();

      Path filler = disk.root().resolve("filler");
      fill(filler);
      while (Files.exists(disk.root().resolve("ballast"))) {
        Thread.onSpinWait();
      }
      assertRefused(507, client.begin());
      client.pullAll();
      client.deleteFirst();

      Files.delete(filler);
      client.pushWhenPossible(507);
      client.pullAll();
      assertNothingStaged(disk.root());
    }
  }

  @Test
  void anUploadThatFillsTheDiskIsRefusedAndLeavesNothing() throws Exception {
    try (Mounted disk = Mounted.at(directory.resolve("disk"), "64m");
        LoggedServer server = start("true", disk.root(), "disk.reserve=0")) {
      BlobClient client = new BlobClient(server.uri());
      assertEquals(201, client.push(MIB).statusCode());
      assertRefused(507, client.push(80 * MIB));
      assertNothingStaged(disk.root());
      client.pullAll();
      client.pushWhenPossible(507);
      client.pullAll();
    }
  }

  @Test
  void saysSoWhereTheReserveIsMoreThanTheDisk() throws Exception {
    try (Mounted disk = Mounted.at(directory.resolve("disk"), "64m");
        LoggedServer server = start("true", disk.root())) {
      assertRefused(507, new BlobClient(server.uri()).begin());
      assertTrue(
          server.said().contains("uploads are refused below 1024 MiB (disk.reserve)"),
          "the reason is in the log");
    }
  }

  @Test
  void servesAgainWhenThereAreFileHandlesAgain() throws Exception {
    try (LoggedServer server =
        start("ulimit -n " + HANDLES, directory.resolve("data"), "disk.reserve=0")) {
      BlobClient client = new BlobClient(server.uri());
      assertEquals(201, client.push(MIB).statusCode());
      assertEquals(201, client.push(10).statusCode());
      // The classes that will be needed are loaded now: here, to load one takes a handle.
      failOnce(client);
      client.pullAll();
      List<Socket> idle = new ArrayList<>();
      try {
        // Counting would not do: Linux sets a handle aside for each thread that waits in accept.
        while (!server.said().contains("Too many open files")) {
          idle.add(new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort()));
        }
        assertRefused(503, client.push(10));
        assertRefused(503, client.begin());
        assertRefused(503, client.send("GET", "/v2/a/blobs/" + client.first()));
        assertEquals(200, client.send("HEAD", "/v2/a/blobs/" + client.first()).statusCode());
      } finally {
        for (Socket each : idle) {
          each.close();
        }
      }
      client.pushWhenPossible(503);
      client.pullAll();
      client.deleteFirst();
      assertNothingStaged(directory.resolve("data"));
    }
  }

  @Test
  void servesReadsWhileTheFileSystemIsReadOnlyAndWritesAfterwards() throws Exception {
    try (Mounted disk = Mounted.at(directory.resolve("disk"), "64m")) {
      // The lock and the metadata are held open for writing, which keeps a file system as it is.
      Path elsewhere = Files.createDirectories(directory.resolve("elsewhere").resolve("metadata"));
      Path lock = Files.createFile(elsewhere.resolveSibling("lock"));
      disk.bind(elsewhere, Files.createDirectory(disk.root().resolve("metadata")));
      disk.bind(lock, Files.createFile(disk.root().resolve("lock")));
      try (LoggedServer server = start("true", disk.root(), "disk.reserve=0")) {
        BlobClient client = new BlobClient(server.uri());
        assertEquals(201, client.push(MIB).statusCode());
        assertEquals(201, client.push(10).statusCode());
        assertTrue(LoggedServer.readiness(disk.root()).startsWith("200 "));
        disk.remount("ro");
        assertRefused(503, client.push(10));
        assertRefused(503, client.begin());
        client.pullAll();
        client.deleteFirst();
        assertRefused(503, client.push(10));
        assertTrue(server.said().contains("is read-only until it has been checked"));
        String red = LoggedServer.readiness(disk.root());
        assertTrue(red.startsWith("503 ") && red.contains("Read-only file system"), red);
        disk.remount("rw");
        client.pushWhenPossible(503);
        assertTrue(LoggedServer.readiness(disk.root()).startsWith("200 "));
        client.pullAll();
        assertNothingStaged(disk.root());
      }
    }
  }

  private LoggedServer start(String limit, Path data, String... settings) throws Exception {
    return LoggedServer.start(directory.resolve("log"), limit, data, settings);
  }

  /** Puts a file where the stagings are, so that one request fails. */
  private void failOnce(BlobClient client) throws Exception {
    Path boot;
    try (Stream<Path> boots = Files.list(directory.resolve("data").resolve("uploads"))) {
      boot = boots.findFirst().orElseThrow();
    }
    Files.delete(boot);
    Files.createFile(boot);
    assertEquals(500, client.push(10).statusCode());
    Files.delete(boot);
    assertEquals(201, client.push(10).statusCode());
  }

  /** Writes until nothing more fits. */
  private static void fill(Path file) throws IOException {
    for (int size : new int[] {MIB, 4096}) {
      try (OutputStream out =
          Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        byte[] zeros = new byte[size];
        while (true) {
          out.write(zeros);
        }
      } catch (IOException full) {
        assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full::toString);
      }
    }
  }

  private static long usable(Mounted disk) throws IOException {
    return Files.getFileStore(disk.root()).getUsableSpace();
  }

  private static void assertNothingStaged(Path data) throws IOException {
    try (Stream<Path> all = Files.walk(data.resolve("uploads"))) {
      assertEquals(List.of(), all.filter(Files::isRegularFile).toList());
    }
  }
}
