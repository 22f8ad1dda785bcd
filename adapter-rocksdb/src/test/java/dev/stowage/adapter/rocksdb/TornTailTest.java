package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut can leave at the end of the log, and what it cannot. Everything is done to
 * copies of a live database that were taken between a synced push and the next one, as a kill would
 * leave them.
 */
final class TornTailTest {
  private static final int BLOCK = 32 << 10;

  /** With -Dstowage.torn.all=true every place is tried with a real database, for many minutes. */
  private static final boolean ALL = Boolean.getBoolean("stowage.torn.all");

  private static final RocksOptions OPTIONS = RocksOptions.defaults();

  /** Of one push in a fragment, of some blocks, and of more than the log's buffer. */
  private static final int[] SIZES = {10, 100_000, 5_000, 31_000, 300, 1_500_000, 700, 9_000};

  @TempDir Path temporary;
  private Path live;
  private Path trial;

  /** Where the log ended after each push, the first number being that before any. */
  private final List<Long> ends = new ArrayList<>();

  @BeforeEach
  void places() {
    live = temporary.resolve("killed");
    trial = temporary.resolve("trial");
  }

  private static Pushes pushOf(int number) {
    return new Pushes(SIZES[number % SIZES.length]);
  }

  /** Pushes so many times, the last of which is of a size, and kills the store. */
  private Path makeKilled(int pushes, int lastSize) throws IOException {
    Path running = temporary.resolve("running");
    try (RocksMetadataStore store = RocksMetadataStore.open(running, OPTIONS)) {
      ends.add(Files.size(newestLog(running)));
      for (int i = 0; i < pushes; i++) {
        (i < pushes - 1 ? pushOf(i) : new Pushes(lastSize)).push(store, i);
        ends.add(Files.size(newestLog(running)));
      }
      copy(running, live);
    }
    return newestLog(live);
  }

  private static Path newestLog(Path directory) throws IOException {
    List<Path> logs = logs(directory);
    return logs.get(logs.size() - 1);
  }

  private static List<Path> logs(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    delete(to);
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        if (Files.isRegularFile(file)) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Opens the killed store with another log, and looks for all that was acknowledged. */
  private void assertOpens(byte[] log, int acknowledged, boolean lastIsThere, int lastSize)
      throws IOException {
    copy(live, trial);
    Files.write(newestLog(trial), log);
    try (RocksMetadataStore store = RocksMetadataStore.open(trial, OPTIONS)) {
      for (int i = 0; i < acknowledged; i++) {
        assertTrue(pushOf(i).has(store, i), "push " + i + " was acknowledged");
      }
      Pushes last = new Pushes(lastSize);
      assertEquals(lastIsThere, last.has(store, acknowledged));
      last.push(store, acknowledged);
    }
    try (RocksMetadataStore store = RocksMetadataStore.open(trial, OPTIONS)) {
      assertTrue(new Pushes(lastSize).has(store, acknowledged));
    }
  }

  private static long start(List<Long> ends) {
    return ends.get(ends.size() - 2);
  }

  /** The lengths of a torn log that differ in what they cut through, and all of a short record. */
  private static Set<Long> lengths(long start, long end) {
    Set<Long> lengths = new TreeSet<>();
    for (long length = start; length < end; length++) {
      long inBlock = length % BLOCK;
      if (ALL || length < start + 40 || length > end - 10 || inBlock < 9 || inBlock > BLOCK - 9) {
        lengths.add(length);
      }
    }
    return lengths;
  }

  @Test
  void opensWithAllThatWasAcknowledgedWhereverTheLastRecordEnds() throws IOException {
    int openings = 0;
    Path log = makeKilled(5, 20);
    byte[] whole = Files.readAllBytes(log);
    int start = (int) start(ends);
    for (int length = start; length < whole.length; length++) {
      assertTornBehind(start, Arrays.copyOf(whole, length));
      if (ALL || (length - start) % 16 < 2) {
        assertOpens(Arrays.copyOf(whole, length), 4, false, 20);
        openings++;
      }
    }
    assertOpens(whole, 4, true, 20);
    assertTrue(openings >= (whole.length - start) / 8, openings + " openings");
  }

  @Test
  void cutsARecordOfManyBlocksWhereverItEnds() throws IOException {
    Path log = makeKilled(3, 120_000);
    byte[] whole = Files.readAllBytes(log);
    long start = start(ends);
    int tried = 0;
    for (long length : lengths(start, whole.length)) {
      assertTornBehind(start, Arrays.copyOf(whole, (int) length));
      tried++;
    }
    assertTrue(tried >= 90, tried + " lengths");
    // One in each fragment, one in a header, and one between two blocks.
    for (long length :
        new long[] {start + 3, start + 2_000, BLOCK * 5L, BLOCK * 5L + 3, whole.length - 1}) {
      assertOpens(Arrays.copyOf(whole, (int) length), 2, false, 120_000);
    }
    assertOpens(whole, 2, true, 120_000);
  }

  @Test
  void cutsARecordOfWhichPagesWereNeverWritten() throws IOException {
    Path log = makeKilled(3, 120_000);
    byte[] whole = Files.readAllBytes(log);
    int start = (int) start(ends);
    Random random = new Random(7);
    int tried = 0;
    for (int page : new int[] {512, 4096}) {
      for (int at = start - start % page; at < whole.length; at += page) {
        byte[] torn = whole.clone();
        zero(torn, Math.max(at, start), at + page);
        assertTornBehind(start, torn);
        tried++;
      }
      for (int i = 0; i < (ALL ? 200 : 8); i++) {
        byte[] torn = whole.clone();
        int pages = 1 + random.nextInt(6);
        for (int j = 0; j < pages; j++) {
          int at = start + random.nextInt(whole.length - start);
          zero(torn, Math.max(at - at % page, start), at - at % page + page);
        }
        int length = random.nextBoolean() ? torn.length : lengthBetween(random, start, torn.length);
        assertOpens(Arrays.copyOf(torn, length), 2, false, 120_000);
        tried++;
      }
    }
    byte[] nothing = whole.clone();
    zero(nothing, start, whole.length);
    assertOpens(nothing, 2, false, 120_000);
    assertOpens(Arrays.copyOf(nothing, whole.length + 100_000), 2, false, 120_000);
    assertOpens(Arrays.copyOf(whole, whole.length + 5_000), 2, true, 120_000);
    assertTrue(tried > 250, tried + " torn logs");
  }

  private static int lengthBetween(Random random, int start, int end) {
    return start + random.nextInt(end - start);
  }

  private static void zero(byte[] bytes, int from, int to) {
    Arrays.fill(bytes, from, Math.min(bytes.length, to), (byte) 0);
  }

  @Test
  void cutsALastRecordInWhichABitIsWrong() throws IOException {
    Path log = makeKilled(5, 200);
    byte[] whole = Files.readAllBytes(log);
    int start = (int) start(ends);
    for (int at = start; at < whole.length; at++) {
      byte[] torn = whole.clone();
      torn[at] ^= (byte) (1 << at % 8);
      assertTornBehind(start, torn);
    }
    for (int at : new int[] {start, start + 4, start + 5, start + 6, start + 7, whole.length - 1}) {
      byte[] torn = whole.clone();
      torn[at] ^= 1;
      assertOpens(torn, 4, false, 200);
    }
  }

  /** Reads a log by itself, without a database around it. */
  private TornTail find(byte[] log) throws IOException {
    Path directory = temporary.resolve("alone");
    Files.createDirectories(directory);
    Files.write(directory.resolve("000004.log"), log);
    return TornTail.find(directory).orElseThrow(() -> new AssertionError("it looks whole"));
  }

  private void assertTornBehind(long end, byte[] log) throws IOException {
    Path directory = temporary.resolve("alone");
    if (log.length == end) {
      Files.createDirectories(directory);
      Files.write(directory.resolve("000004.log"), log);
      assertTrue(TornTail.find(directory).isEmpty());
      return;
    }
    TornTail tail = find(log);
    tail.cut();
    byte[] left = Files.readAllBytes(directory.resolve("000004.log"));
    assertEquals(end, left.length);
    assertTrue(TornTail.find(directory).isEmpty());
  }

  @Test
  void refusesEveryWrongBitBehindWhichARecordBegins() throws IOException {
    Path log = makeKilled(ALL ? 14 : 5, 200);
    byte[] whole = Files.readAllBytes(log);
    int start = (int) start(ends);
    Random random = new Random(11);
    int refused = 0;
    // Each byte about a beginning or an end, and some of all others.
    Set<Integer> places = new TreeSet<>();
    for (long end : ends.subList(0, ends.size() - 1)) {
      for (long at = Math.max(0, end - 20); at < Math.min(start, end + 30); at++) {
        places.add((int) at);
      }
    }
    for (int block = 0; block < start; block += BLOCK) {
      for (int at = Math.max(0, block - 9); at < Math.min(start, block + 30); at++) {
        places.add(at);
      }
    }
    for (int i = 0; i < (ALL ? 20_000 : 600); i++) {
      places.add(random.nextInt(start));
    }
    for (int at : places) {
      byte[] damaged = whole.clone();
      damaged[at] ^= (byte) (1 << random.nextInt(8));
      refused += refusal(damaged, "flip at " + at) ? 1 : 0;
    }
    // The zeros at a block's end are nobody's.
    assertTrue(refused >= places.size() - 6 * (start / BLOCK + 1), refused + " refused");
    assertTrue(refused > 700, refused + " refused");
  }

  @Test
  void refusesEveryZeroedPageBehindWhichARecordBegins() throws IOException {
    Path log = makeKilled(ALL ? 14 : 5, 200);
    byte[] whole = Files.readAllBytes(log);
    int start = (int) start(ends);
    int tried = 0;
    for (int page : new int[] {512, 4096}) {
      for (int at = 0; at + page <= start; at += page) {
        byte[] damaged = whole.clone();
        zero(damaged, at, at + page);
        assertTrue(refusal(damaged, "zeros at " + at));
        tried++;
      }
    }
    // RocksDB itself passes over zeros in a header's place, and all that follows in the block.
    for (long beginning : ends.subList(0, ends.size() - 2)) {
      for (int size : new int[] {7, 512, 4096}) {
        byte[] damaged = whole.clone();
        zero(damaged, (int) beginning, Math.min(start, (int) beginning + size));
        assertTrue(refusal(damaged, "zeros at the beginning " + beginning));
        tried++;
      }
    }
    assertTrue(tried > 300, tried + " tried");
  }

  /** Whether a log is refused; it is never taken for torn, whatever happened to it. */
  private boolean refusal(byte[] log, String what) throws IOException {
    Path directory = temporary.resolve("alone");
    Files.createDirectories(directory);
    Files.write(directory.resolve("000004.log"), log);
    try {
      assertTrue(TornTail.find(directory).isEmpty(), what + " is taken for a torn tail");
      return false;
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("000004.log is damaged at byte "), message);
      assertTrue(message.contains("Way out: "), message);
      return true;
    }
  }

  @Test
  void leavesARefusedStoreAsItIs() throws IOException {
    Path log = makeKilled(10, 200);
    byte[] damaged = Files.readAllBytes(log);
    // Two small records at the end of the last block: zeros where the first begins.
    zero(damaged, ends.get(6).intValue(), ends.get(6).intValue() + 7);
    Files.write(log, damaged);
    copy(live, trial);
    for (int i = 0; i < 2; i++) {
      IOException refused =
          assertThrows(IOException.class, () -> RocksMetadataStore.open(trial, OPTIONS).close());
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.contains(log.getFileName() + " is damaged at byte " + ends.get(6)));
      assertTrue(message.contains(trial.toString()), message);
    }
    assertArrayEquals(damaged, Files.readAllBytes(newestLog(trial)));
    assertFalse(Files.exists(trial.resolve(TornTail.LOST)));
  }

  @Test
  void keepsACopyOfWhatItCutsOff() throws IOException {
    Path log = makeKilled(3, 120_000);
    byte[] torn = Files.readAllBytes(log);
    int start = (int) start(ends);
    zero(torn, start + 512, start + 1024);
    assertOpens(torn, 2, false, 120_000);
    Path copy = trial.resolve(TornTail.LOST).resolve(log.getFileName() + ".from-" + start);
    assertArrayEquals(Arrays.copyOfRange(torn, start, torn.length), Files.readAllBytes(copy));
  }

  @Test
  void cutsNothingWhileAnotherOpeningHasIt() throws IOException {
    Path running = temporary.resolve("running");
    try (RocksMetadataStore store = RocksMetadataStore.open(running, OPTIONS)) {
      new Pushes(10).push(store, 0);
      // As a process that is writing a record at this moment would show it.
      Files.write(newestLog(running), new byte[] {1, 2, 3, 4, 5}, StandardOpenOption.APPEND);
      long size = Files.size(newestLog(running));
      IOException refused =
          assertThrows(IOException.class, () -> RocksMetadataStore.open(running, OPTIONS).close());
      assertTrue(String.valueOf(refused.getMessage()).contains("in use"), refused.toString());
      assertEquals(size, Files.size(newestLog(running)));
      try (Stream<Path> copies = Files.list(running.resolve(TornTail.LOST))) {
        assertEquals(List.of(), copies.toList());
      }
    }
  }
}
