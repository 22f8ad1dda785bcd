package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stowage.spi.Health;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store does when the disk fails to force what was written, in a process of its own. */
final class FailedSyncTest {
  private static final Pushes SMALL = new Pushes(100);
  private static final int ROUNDS = 5;

  @TempDir Path directory;

  /** Pushes while forces fail and do not fail in turn, and says what it was told. */
  static final class Sufferer {
    private Sufferer() {}

    public static void main(String[] arguments) throws Exception {
      Path meta = Path.of(arguments[0]);
      Path flag = Path.of(arguments[1]);
      int number = 0;
      Pace pace = new Pace(Duration.ofMillis(20), Duration.ofMillis(40));
      try (RocksMetadataStore store =
          RocksMetadataStore.open(meta, RocksOptions.defaults(), log -> log, pace)) {
        for (int round = 0; round < ROUNDS; round++) {
          for (int i = 0; i < 10; i++) {
            SMALL.push(store, number);
            System.out.println("acknowledged " + number++);
          }
          Files.writeString(flag, ".log");
          try {
            SMALL.push(store, number);
            System.out.println("acknowledged without a force");
          } catch (StoreReadOnlyException e) {
            System.out.println("refused, and not failed");
          } catch (IOException e) {
            System.out.println("failed " + number++);
          }
          // Whatever is forced now fails: the probe's file, or the tables of the next opening.
          Files.writeString(flag, arguments[2]);
          System.out.println("read-only " + (store.health() instanceof Health.ReadOnly));
          int lost = 0;
          for (int repeat = 0; repeat < 200; repeat++) {
            for (int i = 0; i < 10; i++) {
              lost += SMALL.has(store, round * 11 + i) ? 0 : 1;
            }
          }
          System.out.println("unreadable " + lost);
          if (store.health() instanceof Health.Writable) {
            System.out.println("takes changes on a disk that fails");
          }
          Files.delete(flag);
          Pushes.awaitWritable(store);
        }
      }
    }
  }

  /** Moves changes into tables while that fails, and writes once it takes changes again. */
  static final class Mover {
    private Mover() {}

    public static void main(String[] arguments) throws Exception {
      Path flag = Path.of(arguments[1]);
      Pace pace = new Pace(Duration.ofMillis(20), Duration.ofMillis(40));
      try (RocksMetadataStore store =
          RocksMetadataStore.open(
              Path.of(arguments[0]), RocksOptions.defaults(), log -> log, pace)) {
        SMALL.push(store, 0);
        Files.writeString(flag, arguments[2]);
        try {
          store.flush();
          System.out.println("moved");
        } catch (IOException e) {
          System.out.println("failed to move");
        }
        // Nobody writes: it is found out by looking.
        while (store.health() instanceof Health.Writable) {
          Thread.onSpinWait();
        }
        System.out.println("readable " + SMALL.has(store, 0));
        Files.delete(flag);
        Pushes.awaitWritable(store);
        SMALL.push(store, 1);
        store.flush();
        System.out.println("recovered " + SMALL.has(store, 0));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".sst", "MANIFEST"})
  @Timeout(120)
  void findsOutThatTablesCannotBeWritten(String failing) throws Exception {
    Path meta = directory.resolve("meta");
    Path flag = directory.resolve("flag");
    List<String> said = new ArrayList<>();
    try (ChildProcess child =
        ChildProcess.preloaded(
            shim(),
            "STOWAGE_FAILING_SYNC=" + flag,
            Mover.class,
            directory.resolve("library"),
            meta.toString(),
            flag.toString(),
            failing)) {
      for (String line = child.readLine(); line != null; line = child.readLine()) {
        if (!line.startsWith("[")) {
          said.add(line);
        }
      }
    }
    assertEquals(List.of("failed to move", "readable true", "recovered true"), said);
    try (RocksMetadataStore store = RocksMetadataStore.open(meta, RocksOptions.defaults())) {
      assertTrue(SMALL.has(store, 0));
      assertTrue(SMALL.has(store, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "probe", ".sst", "MANIFEST"})
  @Timeout(120)
  void keepsWhatWasAcknowledgedAndTakesChangesAgain(String failing) throws Exception {
    Path meta = directory.resolve("meta");
    Path flag = directory.resolve("flag");
    List<Integer> acknowledged = new ArrayList<>();
    int errors = 0;
    int recoveries = 0;
    try (ChildProcess child =
        ChildProcess.preloaded(
            shim(),
            "STOWAGE_FAILING_SYNC=" + flag,
            Sufferer.class,
            directory.resolve("library"),
            meta.toString(),
            flag.toString(),
            failing)) {
      List<String> said = new ArrayList<>();
      for (String line = child.readLine(); line != null; line = child.readLine()) {
        if (line.contains(" ERROR ")) {
          errors++;
        } else if (line.contains("takes changes again")) {
          recoveries++;
        } else if (!line.startsWith("[")) {
          said.add(line);
        }
      }
      List<String> expected = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 0; i < 10; i++) {
          acknowledged.add(11 * round + i);
          expected.add("acknowledged " + (11 * round + i));
        }
        expected.add("failed " + (11 * round + 10));
        expected.add("read-only true");
        expected.add("unreadable 0");
      }
      assertEquals(expected, said);
    }
    assertEquals(ROUNDS, errors);
    assertEquals(ROUNDS, recoveries);
    try (RocksMetadataStore store = RocksMetadataStore.open(meta, RocksOptions.defaults())) {
      for (int number : acknowledged) {
        assertTrue(SMALL.has(store, number), "push " + number + " was acknowledged");
      }
    }
  }

  private Path shim() throws IOException, InterruptedException {
    Path source = directory.resolve("failing-sync.c");
    Path library = directory.resolve("failing-sync.so");
    try (InputStream text = FailedSyncTest.class.getResourceAsStream("/failing-sync.c")) {
      Files.copy(Objects.requireNonNull(text), source, StandardCopyOption.REPLACE_EXISTING);
    }
    boolean built;
    try {
      built =
          new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library + "", source + "", "-ldl")
                  .inheritIO()
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      built = false;
    }
    assumeTrue(built, "forces cannot be made to fail: there is no C compiler (apt install gcc)");
    return library;
  }
}
