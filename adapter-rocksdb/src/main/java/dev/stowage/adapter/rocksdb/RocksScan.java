package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * The entries of a prefix in the database. An iterator of RocksDB that meets an error looks like
 * one that has come to the end, so its status is asked at every end.
 */
final class RocksScan implements Cursor {
  private final Slice bound;
  private final ReadOptions options;
  private final RocksIterator iterator;
  private final byte[] from;
  private boolean begun;

  RocksScan(
      RocksDB database, ColumnFamilyHandle family, ReadOptions view, byte[] from, byte[] end) {
    // The bound keeps the iterator from reading on through what lies behind it, tombstones in the
    // first place.
    this.bound = new Slice(end);
    this.options = new ReadOptions(view).setIterateUpperBound(bound);
    this.iterator = database.newIterator(family, options);
    this.from = from;
  }

  @Override
  public boolean next() throws IOException {
    if (begun) {
      iterator.next();
    } else {
      iterator.seek(from);
      begun = true;
    }
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw RocksFailure.of("the facts cannot be read", e);
    }
    return false;
  }

  @Override
  public byte[] key() {
    return iterator.key();
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    bound.close();
  }
}
