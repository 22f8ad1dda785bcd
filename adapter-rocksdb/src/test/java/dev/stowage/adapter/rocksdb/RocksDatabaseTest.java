package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.adapter.rocksdb.Schema.Family;
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
import org.rocksdb.Statistics;
import org.rocksdb.TickerType;

final class RocksDatabaseTest {
  @TempDir Path directory;

  /** A kill leaves the page cache as it was, so no kill shows whether a write was synced. */
  @Test
  void syncsEachGroupOnce() throws Exception {
    RocksDB.loadLibrary();
    NativeOptions options = new NativeOptions(RocksOptions.defaults());
    try (Statistics statistics = new Statistics();
        RocksDatabase database = open(options, statistics)) {
      for (int round = 1; round <= 3; round++) {
        long syncs = statistics.getTickerCount(TickerType.WAL_FILE_SYNCED);
        long writes = statistics.getTickerCount(TickerType.WRITE_WITH_WAL);
        database.write(
            List.of(change(database, "left " + round), change(database, "right " + round)));
        assertEquals(syncs + 1, statistics.getTickerCount(TickerType.WAL_FILE_SYNCED));
        assertEquals(writes + 1, statistics.getTickerCount(TickerType.WRITE_WITH_WAL));
      }
    }
  }

  private RocksDatabase open(NativeOptions options, Statistics statistics) throws Exception {
    DBOptions counting =
        options.database().setStatistics(statistics).setCreateMissingColumnFamilies(true);
    List<ColumnFamilyDescriptor> descriptors = new ArrayList<>();
    descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options.any()));
    for (Family family : Family.values()) {
      descriptors.add(
          new ColumnFamilyDescriptor(family.id().getBytes(UTF_8), options.family(family)));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    RocksDB database = RocksDB.open(counting, directory.toString(), descriptors, handles);
    Map<Family, ColumnFamilyHandle> families = new EnumMap<>(Family.class);
    int next = 1;
    for (Family family : Family.values()) {
      families.put(family, handles.get(next++));
    }
    return new RocksDatabase(database, families, handles, options);
  }

  private static Overlay change(RocksDatabase database, String text) {
    Overlay overlay = new Overlay(database);
    overlay.put(Keys.blob(digest(text)), Records.ofBlob(blob(digest(text), 1)));
    return overlay;
  }
}
