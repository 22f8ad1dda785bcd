package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.stowage.adapter.rocksdb.Schema.Family;
import dev.stowage.adapter.rocksdb.Schema.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

/** What RocksDB's own counters tell of the way in which it is used. */
final class RocksDatabaseTest {
  @TempDir Path directory;

  /** A kill leaves the page cache as it was, so no kill shows whether a write was synced. */
  @Test
  void syncsEachGroupOnce() throws Exception {
    try (Counted counted = open(RocksOptions.defaults())) {
      RocksDatabase database = counted.database;
      for (int round = 1; round <= 3; round++) {
        long syncs = counted.count(TickerType.WAL_FILE_SYNCED);
        long writes = counted.count(TickerType.WRITE_WITH_WAL);
        database.write(
            List.of(change(database, "left " + round), change(database, "right " + round)));
        assertEquals(syncs + 1, counted.count(TickerType.WAL_FILE_SYNCED));
        assertEquals(writes + 1, counted.count(TickerType.WRITE_WITH_WAL));
      }
    }
  }

  private static Overlay change(RocksDatabase database, String text) {
    Overlay overlay = new Overlay(database);
    overlay.put(Keys.blob(digest(text)), Records.ofBlob(blob(digest(text), 1)));
    return overlay;
  }

  /** However large a table is, what a read needs of it stays in the cache. */
  @Test
  void readsALargeTableFromTheSmallestCache() throws Exception {
    try (Counted counted = open(new RocksOptions(1 << 20, 64 << 20, 16))) {
      RocksDatabase database = counted.database;
      int batches = 3;
      for (int batch = 0; batch < batches; batch++) {
        Overlay overlay = new Overlay(database);
        for (int i = 0; i < 200_000; i++) {
          overlay.put(numbered(batches * i + batch), Records.PRESENT);
        }
        database.write(List.of(overlay));
        database.flush();
      }
      // Level 0 is pinned in the cache, whatever its size: below it the cache's bounds hold.
      counted.compact();
      byte[] present = numbered(300_000);
      byte[] absent = Keys.after(present);
      assertNotNull(database.get(present));
      assertNull(database.get(absent));
      long misses = counted.count(TickerType.BLOCK_CACHE_MISS);
      for (int i = 0; i < 10; i++) {
        assertNotNull(database.get(present));
        assertNull(database.get(absent));
      }
      assertEquals(misses, counted.count(TickerType.BLOCK_CACHE_MISS));
    }
  }

  private static byte[] numbered(int number) {
    return ByteBuffer.allocate(5).put((byte) Kind.BLOB.code()).putInt(number).array();
  }

  /** A database with the store's options that counts what it does. */
  private record Counted(
      RocksDatabase database, RocksDB raw, List<ColumnFamilyHandle> handles, Statistics statistics)
      implements AutoCloseable {
    long count(TickerType ticker) {
      return statistics.getTickerCount(ticker);
    }

    void compact() throws RocksDBException {
      for (ColumnFamilyHandle handle : handles) {
        raw.compactRange(handle);
      }
    }

    @Override
    public void close() throws IOException {
      database.close();
      statistics.close();
    }
  }

  private Counted open(RocksOptions bounds) throws RocksDBException {
    RocksDB.loadLibrary();
    NativeOptions options = new NativeOptions(bounds);
    Statistics statistics = new Statistics();
    DBOptions counting =
        options.database().setStatistics(statistics).setCreateMissingColumnFamilies(true);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.any()));
    for (Family family : Family.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(family.id().getBytes(UTF_8), options.family(family)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB raw = RocksDB.open(counting, directory.toString(), descriptors, handles);
    Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    int next = 1;
    for (Family family : Family.values()) {
      families.put(family, handles.get(next++));
    }
    return new Counted(
        new RocksDatabase(raw, families, handles, options), raw, handles, statistics);
  }
}
