package dev.stowage.adapter.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.rocksdb.Schema.Family;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;

/**
 * What is done to a killed store with more than one log, or to its other files. Only what is behind
 * the last whole record of all logs can be torn.
 */
final class SeveralLogsTest {
  private static final RocksOptions OPTIONS = RocksOptions.defaults();
  private static final Pushes LARGE = new Pushes(1 << 20);
  private static final Pushes SMALL = new Pushes(100);

  /** How many pushes there were before the newest log was begun, all of them large. */
  private static final int BEFORE = 3;

  @TempDir Path temporary;
  private Path killed;

  @BeforeEach
  void makeAStoreOfTwoLogs() throws Exception {
    killed = temporary.resolve("killed");
    Path running = temporary.resolve("running");
    RocksMetadataStore.open(running, OPTIONS).close();
    NativeOptions options = new NativeOptions(OPTIONS);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.any()));
    for (Family family : Family.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(family.id().getBytes(UTF_8), options.family(family)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB raw = RocksDB.open(options.database(), running.toString(), descriptors, handles);
    Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    int next = 1;
    for (Family family : Family.values()) {
      families.put(family, handles.get(next++));
    }
    try (RocksDatabase database = new RocksDatabase(raw, families, handles, options);
        FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      GroupCommit commits = new GroupCommit(database, database);
      for (int i = 0; i < BEFORE; i++) {
        commits.write(LARGE.changes(i));
      }
      // The contents go into a table, and what stands beside them in the same log does not.
      raw.flush(wait, families.get(Family.CONTENTS));
      for (int i = BEFORE; i < BEFORE + 5; i++) {
        commits.write(SMALL.changes(i));
      }
      copy(running, killed);
    }
  }

  private static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private Path older() throws IOException {
    return logs(killed).get(0);
  }

  private Path newest() throws IOException {
    List<Path> logs = logs(killed);
    assertEquals(2, logs.size(), logs.toString());
    return logs.get(logs.size() - 1);
  }

  private void assertOpensWithout(int lost) throws IOException {
    try (RocksMetadataStore store = RocksMetadataStore.open(killed, OPTIONS)) {
      for (int i = 0; i < BEFORE + 5 - lost; i++) {
        assertTrue((i < BEFORE ? LARGE : SMALL).has(store, i), "push " + i + " was acknowledged");
      }
      for (int i = BEFORE + 5 - lost; i < BEFORE + 5; i++) {
        assertEquals(false, SMALL.has(store, i));
      }
      SMALL.push(store, 1_000);
    }
    try (RocksMetadataStore store = RocksMetadataStore.open(killed, OPTIONS)) {
      assertTrue(SMALL.has(store, 1_000));
    }
  }

  private String refusal() {
    IOException refused =
        assertThrows(IOException.class, () -> RocksMetadataStore.open(killed, OPTIONS).close());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(killed.toString()), message);
    assertTrue(message.contains("Way out: "), message);
    return message;
  }

  private static void truncate(Path file, long by) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - by);
    }
  }

  private static void overwrite(Path file, long at, byte... bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), at);
    }
  }

  private static void flip(Path file, long at) throws IOException {
    byte was = Files.readAllBytes(file)[(int) at];
    overwrite(file, at, (byte) (was ^ 4));
  }

  @Test
  void opensAsItWasKilled() throws IOException {
    assertOpensWithout(0);
  }

  @Test
  void cutsTheNewest() throws IOException {
    flip(newest(), Files.size(newest()) - 10);
    assertOpensWithout(1);
  }

  @Test
  void cutsTheNewestWhichEndsEarly() throws IOException {
    truncate(newest(), 10);
    assertOpensWithout(1);
  }

  @Test
  void refusesAnOlderOneThatIsWrongAtItsEnd() throws IOException {
    flip(older(), Files.size(older()) - 10);
    String message = refusal();
    assertTrue(message.contains(older().getFileName() + " is damaged at byte "), message);
    assertTrue(message.contains("later records in the log " + newest().getFileName()), message);
  }

  @Test
  void refusesAnOlderOneThatEndsEarly() throws IOException {
    truncate(older(), 10);
    assertTrue(refusal().contains(older().getFileName() + " is damaged at byte "));
  }

  @Test
  void refusesAnOlderOneThatLacksItsLastRecord() throws IOException {
    LogFile log = LogFile.read(older(), 4);
    truncate(older(), 10);
    LogFile torn = LogFile.read(older(), 4);
    truncate(older(), torn.size() - torn.end());
    assertTrue(torn.lastRecord() < log.lastRecord());
    assertTrue(refusal().contains("Mismatch"), refusal());
  }

  @Test
  void refusesAnOlderOneThatIsEmpty() throws IOException {
    truncate(older(), Files.size(older()));
    assertTrue(refusal().contains("Mismatch"), refusal());
  }

  @Test
  void refusesWithoutAnOlderOne() throws IOException {
    Files.delete(older());
    assertTrue(refusal().contains("WAL"), refusal());
  }

  /** Leaves of the newest log what RocksDB writes into it before any record. */
  private void keepTheBeginningOfTheNewest() throws IOException {
    truncate(newest(), Files.size(newest()) - 31);
    LogFile log = LogFile.read(newest(), 0);
    assertTrue(log.predecessor().isPresent());
    assertTrue(log.damage().isEmpty());
    assertEquals(false, log.hasBeginning());
  }

  /** A full disk leaves this, if another log is begun in the last moment. */
  @Test
  void cutsAnOlderOneBehindWhichNoRecordWasWritten() throws IOException {
    keepTheBeginningOfTheNewest();
    Files.write(
        older(), Arrays.copyOf(Files.readAllBytes(older()), 5000), StandardOpenOption.APPEND);
    truncate(older(), 3000);
    assertOpensWithout(5);
  }

  @Test
  void refusesAnOlderOneIfTheNextSaysThatARecordWasThere() throws IOException {
    keepTheBeginningOfTheNewest();
    flip(older(), Files.size(older()) - 10);
    assertTrue(refusal().contains("says that a record followed"), refusal());
  }

  @Test
  void opensWithANewestThatIsEmpty() throws IOException {
    truncate(newest(), Files.size(newest()));
    assertOpensWithout(5);
  }

  @Test
  void refusesAnAnchorThatNamesNothing() throws IOException {
    Files.writeString(killed.resolve("CURRENT"), "MANIFEST-999999\n");
    refusal();
    Files.writeString(killed.resolve("CURRENT"), "");
    refusal();
  }

  private Path file(String beginning, String ending) throws IOException {
    try (Stream<Path> files = Files.list(killed)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(beginning))
          .filter(file -> file.toString().endsWith(ending))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void refusesAWrongBitInTheManifest() throws IOException {
    Path manifest = file("MANIFEST", "");
    byte[] whole = Files.readAllBytes(manifest);
    for (int at = 0; at < whole.length; at += 101) {
      flip(manifest, at);
      refusal();
      Files.write(manifest, whole);
    }
    assertOpensWithout(0);
  }

  @Test
  void refusesWithoutItsManifest() throws IOException {
    Files.delete(file("MANIFEST", ""));
    refusal();
  }

  @Test
  void refusesWithoutATable() throws IOException {
    Files.delete(file("", ".sst"));
    refusal();
  }

  @Test
  void refusesATableThatEndsEarly() throws IOException {
    truncate(file("", ".sst"), 1);
    refusal();
  }

  @Test
  void neverAnswersFromATableOrBlobFileThatIsWrong() throws IOException {
    for (String ending : new String[] {".sst", ".blob"}) {
      Path file = file("", ending);
      byte[] whole = Files.readAllBytes(file);
      for (int i = 0; i < 5; i++) {
        flip(file, whole.length / 5 * i + 40);
        try (RocksMetadataStore store = RocksMetadataStore.open(killed, OPTIONS)) {
          for (int push = 0; push < BEFORE; push++) {
            int number = push;
            try {
              assertTrue(LARGE.has(store, number), "push " + number + " was acknowledged");
            } catch (IOException e) {
              assertTrue(String.valueOf(e.getMessage()).contains("cannot be read"), e.toString());
            }
          }
        } catch (IOException e) {
          assertTrue(String.valueOf(e.getMessage()).contains("Way out: "), e.toString());
        }
        if (Files.exists(file)) {
          Files.write(file, whole);
        }
      }
    }
  }
}
