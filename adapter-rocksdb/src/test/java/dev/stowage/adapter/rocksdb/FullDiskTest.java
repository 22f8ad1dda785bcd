package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.spi.Health;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the store does when its log really cannot be written, and not only a stand-in of it. */
final class FullDiskTest {
  /** Larger than the native library, which the other process unpacks. */
  private static final int LARGEST_FILE_KIBIBYTES = 48 << 10;

  /** So large that the log is not changed for another before the limit. */
  private static final RocksOptions OPTIONS = new RocksOptions(8 << 20, 256 << 20, 64);

  /** So small that the logs are much smaller than the disk. */
  private static final RocksOptions SMALL = new RocksOptions(8 << 20, 8 << 20, 64);

  private static final Pace SOON = new Pace(Duration.ofMillis(300), Duration.ofMillis(300));
  private static final Pushes LARGE = new Pushes(3 << 20);

  @TempDir Path directory;

  /** Has a limit on the size of a file, and pushes until it meets it. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] arguments) throws Exception {
      Path meta = Path.of(arguments[0]);
      try (RocksMetadataStore store = RocksMetadataStore.open(meta, OPTIONS, log -> log, SOON)) {
        int refused = 0;
        while (fits(store, refused)) {
          System.out.println("acknowledged " + refused);
          refused++;
        }
        System.out.println("refused " + refused);
        System.out.println("visible " + LARGE.has(store, refused));
        System.out.println("next " + fits(store, refused + 1));
        System.out.println("readable " + LARGE.has(store, 0));
        Pushes.awaitWritable(store);
        System.out.println("recovered " + fits(store, refused + 2));
      }
    }

    private static boolean fits(RocksMetadataStore store, int number) {
      try {
        LARGE.push(store, number);
        return true;
      } catch (IOException e) {
        return false;
      }
    }
  }

  @Test
  @Timeout(120)
  void keepsWhatWasAcknowledgedWhenTheLogCannotGrow() throws Exception {
    Path meta = directory.resolve("meta");
    List<String> said = new ArrayList<>();
    List<String> logged = new ArrayList<>();
    try (ChildProcess child =
        ChildProcess.limited(
            LARGEST_FILE_KIBIBYTES, Filler.class, directory.resolve("library"), meta.toString())) {
      for (String line = child.readLine(); line != null; line = child.readLine()) {
        (line.startsWith("[") ? logged : said).add(line);
      }
    }
    int refused = 0;
    while (said.contains("acknowledged " + refused)) {
      refused++;
    }
    assertTrue(refused > 0, said.toString());
    assertEquals(
        List.of(
            "refused " + refused, "visible false", "next false", "readable true", "recovered true"),
        said.subList(refused, said.size()));
    assertEquals(
        List.of("ERROR", "WARN", "INFO"),
        logged.stream().map(FullDiskTest::levelOf).toList(),
        logged.toString());
    try (RocksMetadataStore store = RocksMetadataStore.open(meta, OPTIONS)) {
      for (int i = 0; i < refused; i++) {
        assertTrue(LARGE.has(store, i));
      }
      assertTrue(LARGE.has(store, refused + 2));
      assertFalse(LARGE.has(store, refused + 1));
    }
  }

  @Test
  @Timeout(120)
  void takesChangesAgainByItselfOnceThereIsSpace() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk.toString()) == 0,
        "no small disk: mounting is not permitted here");
    try {
      fillAndFree(disk);
    } finally {
      assertEquals(0, run("umount", disk.toString()));
    }
  }

  private void fillAndFree(Path disk) throws IOException {
    Path meta = disk.resolve("meta");
    Path ballast = disk.resolve("ballast");
    List<Integer> acknowledged = new ArrayList<>();
    int number = 0;
    try (RocksMetadataStore store =
        RocksMetadataStore.open(
            meta, SMALL, log -> log, new Pace(Duration.ofMillis(1), Duration.ofMillis(50)))) {
      for (int round = 0; round < 3; round++) {
        long free = Files.getFileStore(disk).getUsableSpace();
        // The odd size has the log end in another place in each round.
        Files.write(ballast, new byte[(int) (free - (7 << 20) - 1234L * round)]);
        IOException full = null;
        while (full == null) {
          try {
            LARGE.push(store, number);
            acknowledged.add(number);
          } catch (IOException e) {
            full = e;
          }
          number++;
        }
        assertInstanceOf(NoSpaceException.class, full);
        assertInstanceOf(Health.ReadOnly.class, store.health());
        int next = number++;
        assertThrows(StoreReadOnlyException.class, () -> LARGE.push(store, next));
        for (int old : acknowledged) {
          assertTrue(LARGE.has(store, old));
        }
        assertFalse(LARGE.has(store, next));
        assertInstanceOf(Health.ReadOnly.class, store.health(), "there is no space yet");
        Files.delete(ballast);
        Pushes.awaitWritable(store);
        LARGE.push(store, number);
        acknowledged.add(number++);
      }
    }
    try (RocksMetadataStore store = RocksMetadataStore.open(meta, OPTIONS)) {
      for (int old : acknowledged) {
        assertTrue(LARGE.has(store, old), "push " + old + " was acknowledged");
      }
    }
  }

  private static String levelOf(String line) {
    String behindThread = line.substring(line.indexOf("] ") + 2);
    return behindThread.substring(0, behindThread.indexOf(' '));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
