package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.Schema.Family;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.TablePropertiesCollectorFactory;
import org.rocksdb.WALRecoveryMode;

/** The options that a database is opened with. They outlive it: close them after it. */
final class NativeOptions implements AutoCloseable {
  private static final long KIBIBYTE = 1 << 10;
  private static final long MEBIBYTE = 1 << 20;

  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final RocksOptions options;
  private final BlockBasedTableConfig tables;

  NativeOptions(RocksOptions options) {
    this.options = options;
    Cache cache = own(new LRUCache(options.blockCacheBytes()));
    this.tables =
        new BlockBasedTableConfig()
            .setBlockCache(cache)
            .setFilterPolicy(own(new BloomFilter(10, false)))
            // Else indexes and filters would be memory without a bound.
            .setCacheIndexAndFilterBlocks(true)
            .setPinL0FilterAndIndexBlocksInCache(true)
            // In parts, since the filter of a large table is larger than a shard of the cache is,
            // and so would never stay in it: every read would read all of it again.
            .setIndexType(IndexType.kTwoLevelIndexSearch)
            .setPartitionFilters(true);
  }

  /** What holds for the database as a whole. */
  DBOptions database() {
    // A log file that is missing altogether goes unnoticed without this; it has no setter of its
    // own.
    Properties properties = new Properties();
    properties.setProperty("track_and_verify_wals", "true");
    DBOptions database = DBOptions.getDBOptionsFromProps(properties);
    if (database == null) {
      throw new IllegalStateException("this RocksDB cannot track and verify its logs");
    }
    return own(database)
        .setCreateIfMissing(true)
        .setParanoidChecks(true)
        // The default, point in time, opens after damage in mid-log with what was acknowledged
        // behind it silently gone. This one allows nothing but a log that ends early.
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        // After a failure it is opened again, and checked: it does not go on by itself.
        .setMaxBgErrorResumeCount(0)
        .setMaxOpenFiles(options.openFiles())
        .setDbWriteBufferSize(options.writeBufferBytes())
        .setMaxTotalWalSize(2 * options.writeBufferBytes())
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(4)
        .setMaxLogFileSize(4 * MEBIBYTE)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  /** What holds for one family. */
  ColumnFamilyOptions family(Family family) {
    return switch (family) {
      case FACTS -> any();
      case QUEUES -> tidied();
      case CONTENTS ->
          any()
              .setEnableBlobFiles(true)
              .setMinBlobSize(64 * KIBIBYTE)
              .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
              .setEnableBlobGarbageCollection(true);
    };
  }

  /** What holds for the default family, and for one that this program does not know. */
  ColumnFamilyOptions any() {
    return tuned(new ColumnFamilyOptions());
  }

  /**
   * For lists that are eaten from their heads: what is left there are tombstones, which a scan
   * steps over one by one until a compaction takes them away; many in one place call for one.
   */
  private ColumnFamilyOptions tidied() {
    // Only these options take a collector, and pass it on.
    Options carrier = own(new Options());
    carrier.setTablePropertiesCollectorFactory(
        List.of(
            own(
                TablePropertiesCollectorFactory.NewCompactOnDeletionCollectorFactory(
                    1024, 256, 0.5))));
    return tuned(new ColumnFamilyOptions(carrier));
  }

  private ColumnFamilyOptions tuned(ColumnFamilyOptions family) {
    return own(family)
        .setTableFormatConfig(tables)
        .setCompressionType(CompressionType.LZ4_COMPRESSION);
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException("a native object does not fail to close", e);
      }
    }
  }

  private <T extends AutoCloseable> T own(T object) {
    owned.push(object);
    return object;
  }
}
