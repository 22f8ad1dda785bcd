package dev.stowage.adapter.rocksdb;

/**
 * How much a store takes. Every value is a bound on memory or on file handles; none changes what is
 * stored or how durable it is.
 *
 * @param blockCacheBytes memory for blocks read from tables, indexes and filters included, in bytes
 * @param writeBufferBytes memory for changes that are in the log but in no table yet, in bytes; the
 *     log, and with it the time that opening after a crash takes, stays in proportion
 * @param openFiles how many table files are kept open
 */
public record RocksOptions(long blockCacheBytes, long writeBufferBytes, int openFiles) {
  private static final long MEBIBYTE = 1 << 20;

  /** Refuses values below what RocksDB works with: 1 MiB each, and 16 files. */
  public RocksOptions {
    if (blockCacheBytes < MEBIBYTE) {
      throw new IllegalArgumentException("a block cache has at least 1 MiB");
    }
    if (writeBufferBytes < MEBIBYTE) {
      throw new IllegalArgumentException("the write buffers have at least 1 MiB");
    }
    if (openFiles < 16) {
      throw new IllegalArgumentException("at least 16 files are kept open");
    }
  }

  /** 64 MiB of block cache, 64 MiB of write buffers, 512 open files. */
  public static RocksOptions defaults() {
    return new RocksOptions(64 * MEBIBYTE, 64 * MEBIBYTE, 512);
  }
}
