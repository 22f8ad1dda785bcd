package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.rocksdb.Schema.Family;
import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

final class RocksOpeningTest {
  private static final RepositoryName A = name("a");
  private static final Digest X = digest("x");

  @TempDir Path temporary;

  private Path meta() {
    return temporary.resolve("some/where/meta");
  }

  private RocksMetadataStore open() throws IOException {
    return RocksMetadataStore.open(meta(), RocksOptions.defaults());
  }

  /** Makes a store with a blob's record of each number. */
  private void make(int records) throws IOException {
    try (RocksMetadataStore store = open()) {
      for (int i = 0; i < records; i++) {
        write(store, i);
      }
    }
  }

  private static void write(RocksMetadataStore store, int number) throws IOException {
    store.write(
        facts -> {
          facts.putBlob(blob(digest("blob " + number), number));
          return true;
        });
  }

  private String refusal() {
    IOException refused = assertThrows(IOException.class, () -> open().close());
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains(meta().toString()), message);
    assertTrue(message.contains("Way out: "), message);
    return message;
  }

  private static void assertContains(String part, String message) {
    assertTrue(message.contains(part), message);
  }

  /** The files of the database whose names end in something, of which one at least is there. */
  private Path file(String ending) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(meta(), "*" + ending)) {
      return files.iterator().next();
    }
  }

  @Test
  void makesTheDirectoriesAndOpensThemAgain() throws IOException {
    make(1);
    try (RocksMetadataStore store = open()) {
      assertTrue(store.read(facts -> facts.blob(digest("blob 0"))).isPresent());
    }
  }

  @Test
  void refusesALaterFormatAndNamesBothVersions() throws Exception {
    make(1);
    try (RawDatabase raw = new RawDatabase(meta())) {
      raw.putVersion("7");
      // What a later version may well have.
      raw.addFamily("history");
    }
    assertContains("its format is version 7, and this program knows version 1", refusal());
    assertContains("version 7", refusal());
  }

  @Test
  void refusesADatabaseOfSomebodyElse() throws Exception {
    make(1);
    try (RawDatabase raw = new RawDatabase(meta())) {
      raw.removeVersion();
    }
    assertContains("without a version of Stowage's format", refusal());
  }

  /** Makes a database that another program would make: it knows one family, and nothing of ours. */
  private void makeForeign(byte[] key, String value) throws Exception {
    Files.createDirectories(meta());
    RocksDB.loadLibrary();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB foreign = RocksDB.open(options, meta().toString())) {
      foreign.put(key, value.getBytes(UTF_8));
    }
  }

  /** Opens it as its own program would, which fails if there are families it does not know. */
  private String readForeign(byte[] key) throws Exception {
    try (RocksDB foreign = RocksDB.open(meta().toString())) {
      return new String(foreign.get(key), UTF_8);
    }
  }

  @Test
  void leavesADatabaseOfSomebodyElseUsable() throws Exception {
    byte[] key = {1, 2, 3};
    makeForeign(key, "theirs");
    assertContains("without a version of Stowage's format", refusal());
    assertEquals("theirs", readForeign(key));
  }

  @Test
  void addsNothingToALaterFormat() throws Exception {
    makeForeign(Schema.VERSION_KEY, "7");
    assertContains("its format is version 7, and this program knows version 1", refusal());
    assertEquals("7", readForeign(Schema.VERSION_KEY));
  }

  @Test
  void refusesAStoreThatLostAFamily() throws Exception {
    make(1);
    try (RawDatabase raw = new RawDatabase(meta())) {
      raw.dropFamily(Family.CONTENTS);
    }
    assertContains("its column family contents is missing", refusal());
    assertContains("its column family contents is missing", refusal());
  }

  @Test
  void finishesAStoreThatACrashLeftWithoutItsFamilies() throws Exception {
    Files.createDirectories(meta());
    RocksDB.loadLibrary();
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB begun = RocksDB.open(options, meta().toString())) {
      begun.createColumnFamily(new ColumnFamilyDescriptor("facts".getBytes(UTF_8)));
    }
    make(1);
    make(1);
  }

  @Test
  void finishesAStoreThatACrashLeftWithoutAVersion() throws Exception {
    make(0);
    try (RawDatabase raw = new RawDatabase(meta())) {
      raw.removeVersion();
    }
    make(1);
    make(1);
  }

  @Test
  void refusesADatabaseWithoutItsAnchor() throws IOException {
    make(1);
    Files.delete(meta().resolve("CURRENT"));
    assertContains("its file CURRENT is gone", refusal());
    assertContains("its file CURRENT is gone", refusal());
  }

  @Test
  void refusesAFileInTheDirectorysPlace() throws IOException {
    Files.createDirectories(meta().getParent());
    Files.createFile(meta());
    assertContains("FileAlreadyExistsException", refusal());
  }

  @Test
  void refusesADirectoryThatThisProcessHasOpen() throws IOException {
    try (RocksMetadataStore store = open()) {
      assertContains("in use", refusal());
      write(store, 1);
    }
  }

  /** Opens a store, says so, and stays. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws Exception {
      try (RocksMetadataStore store =
          RocksMetadataStore.open(Path.of(arguments[0]), RocksOptions.defaults())) {
        write(store, 1);
        System.out.println("open");
        new CountDownLatch(1).await();
      }
    }
  }

  @Test
  void refusesADirectoryThatAnotherProcessHasOpen() throws Exception {
    try (ChildProcess holder =
        new ChildProcess(Holder.class, temporary.resolve("library"), meta().toString())) {
      assertEquals("open", holder.readLine());
      assertContains("in use by another process", refusal());
      holder.kill();
      try (RocksMetadataStore store = open()) {
        assertTrue(store.read(facts -> facts.blob(digest("blob 1"))).isPresent());
      }
    }
  }

  @Test
  void leavesNoCopyOfTheNativeLibraryBehindAKill() throws Exception {
    Path scratch = temporary.resolve("scratch");
    try (ChildProcess holder = new ChildProcess(Holder.class, scratch, meta().toString())) {
      assertEquals("open", holder.readLine());
      holder.kill();
    }
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void loadsTheNativeLibraryFromWhereItWasUnpacked() throws Exception {
    Path unpacked = Files.createDirectory(temporary.resolve("unpacked"));
    RocksMetadataStore.unpackLibrary(unpacked);
    Path scratch = temporary.resolve("scratch");
    try (ChildProcess holder =
        new ChildProcess(
            List.of("env", "LD_LIBRARY_PATH=" + unpacked),
            Holder.class,
            scratch,
            meta().toString())) {
      assertEquals("open", holder.readLine());
      assertContains(unpacked + "/librocksdbjni", holder.maps());
    }
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void refusesALogThatIsDamagedInItsMiddle() throws IOException {
    make(200);
    Path log = file(".log");
    flip(log, Files.size(log) / 2);
    String damage = "its log " + log.getFileName() + " is damaged at byte ";
    assertContains(damage, refusal());
    assertContains(damage, refusal());
  }

  @Test
  void opensALogThatEndsEarly() throws IOException {
    make(200);
    Path log = file(".log");
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(Files.size(log) - 5);
    }
    try (RocksMetadataStore store = open()) {
      assertTrue(store.read(facts -> facts.blob(digest("blob 198"))).isPresent());
      assertEquals(Optional.empty(), store.read(facts -> facts.blob(digest("blob 199"))));
    }
  }

  @Test
  void refusesADatabaseOfWhichALogIsMissing() throws IOException {
    // With buffers this small, contents are moved into a table while the facts beside them still
    // stand in the first log only.
    try (RocksMetadataStore store =
        RocksMetadataStore.open(meta(), new RocksOptions(1 << 20, 1 << 20, 16))) {
      Path first = file(".log");
      for (char digit = 'a'; logs().size() < 2; digit++) {
        String content = String.valueOf(digit).repeat(1 << 20);
        store.write(
            facts -> {
              facts.putManifest(A, manifest(content));
              return true;
            });
      }
      assertEquals(first, logs().get(0));
    }
    Files.delete(logs().get(0));
    assertContains("WAL", refusal());
  }

  /** The logs, the oldest first. */
  private List<Path> logs() throws IOException {
    try (Stream<Path> files = Files.list(meta())) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  @Test
  void refusesADatabaseOfWhichTheOnlyLogIsMissing() throws IOException {
    make(3);
    Files.delete(file(".log"));
    assertContains("no WAL files", refusal());
  }

  @Test
  void saysThatAStoreWhoseMakingWasCutOffHoldsNothing() throws IOException {
    Files.createDirectories(meta());
    Files.writeString(meta().resolve("CURRENT"), "MANIFEST-000001\n");
    Files.createFile(meta().resolve("MANIFEST-000001"));
    assertContains("was never finished", refusal());
    Files.delete(meta().resolve("CURRENT"));
    make(1);
    assertNotEquals("MANIFEST-000001\n", Files.readString(meta().resolve("CURRENT")));
  }

  private static void flip(Path file, long position) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, position);
      one.put(0, (byte) (one.get(0) ^ 0x10)).rewind();
      channel.write(one, position);
    }
  }

  @Test
  void opensWithTheOptionsThatRecoveryNeeds() throws IOException {
    make(1);
    String options = Files.readString(newestOptions(), UTF_8);
    for (String option :
        new String[] {
          "track_and_verify_wals=true",
          "wal_recovery_mode=kTolerateCorruptedTailRecords",
          "paranoid_checks=true",
          "max_open_files=512",
          "db_write_buffer_size=67108864",
          "min_blob_size=65536",
          "filter_policy=bloomfilter",
          "CompactOnDeletionCollector"
        }) {
      assertContains(option, options);
    }
  }

  private Path newestOptions() throws IOException {
    Path newest = meta();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(meta(), "OPTIONS-*")) {
      for (Path file : files) {
        newest = newest.equals(meta()) || file.compareTo(newest) > 0 ? file : newest;
      }
    }
    return newest;
  }

  @Test
  void saysWhichRecordIsDamaged() throws Exception {
    make(0);
    try (RawDatabase raw = new RawDatabase(meta())) {
      raw.put(Keys.blob(X), new byte[] {1, 2});
    }
    try (RocksMetadataStore store = open()) {
      IOException damaged =
          assertThrows(IOException.class, () -> store.read(facts -> facts.blob(X)));
      assertContains("2001" + X.hex() + " is damaged", String.valueOf(damaged.getMessage()));
    }
  }

  @Test
  void refusesOptionsThatAreTooSmall() {
    assertThrows(IllegalArgumentException.class, () -> new RocksOptions(1, 1 << 20, 16));
    assertThrows(IllegalArgumentException.class, () -> new RocksOptions(1 << 20, 1, 16));
    assertThrows(IllegalArgumentException.class, () -> new RocksOptions(1 << 20, 1 << 20, 15));
  }
}
