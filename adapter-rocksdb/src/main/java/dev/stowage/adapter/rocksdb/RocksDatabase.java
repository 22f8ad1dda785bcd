package dev.stowage.adapter.rocksdb;

import dev.stowage.adapter.rocksdb.Schema.Family;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open database: reads, snapshots, and the one way in which anything is written.
 *
 * <p>Safe for use by any number of threads until it is closed, and then no more: a native handle
 * that is used after its end takes the process with it. Whoever owns this keeps that from
 * happening.
 */
final class RocksDatabase implements View, GroupCommit.Log, Closeable {
  private final RocksDB database;
  private final Map<Family, ColumnFamilyHandle> families;
  private final List<ColumnFamilyHandle> handles;
  private final NativeOptions options;
  private final ReadOptions now = new ReadOptions();
  private final WriteOptions synced = new WriteOptions().setSync(true);

  RocksDatabase(
      RocksDB database,
      Map<Family, ColumnFamilyHandle> families,
      List<ColumnFamilyHandle> handles,
      NativeOptions options) {
    this.database = database;
    this.families = families;
    this.handles = handles;
    this.options = options;
  }

  /** The number of the last change: as long as it stays, nothing was written. */
  long sequence() {
    return database.getLatestSequenceNumber();
  }

  /** The database as it is at this moment; close it to let go of it. */
  Moment moment() {
    return new Moment();
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    return get(now, key);
  }

  @Override
  public Cursor scan(byte[] prefix, byte[] from) {
    return scan(now, prefix, from, Keys.afterAll(prefix));
  }

  /**
   * Writes the changes of transactions, in their order, as one record of the log. One record, since
   * only the last record of a log can be torn: so all of a group is there after a crash or nothing.
   */
  @Override
  public void write(List<Overlay> transactions) throws IOException {
    try (WriteBatch batch = new WriteBatch()) {
      for (Overlay transaction : transactions) {
        for (Map.Entry<byte[], Change> entry : transaction.changes().entrySet()) {
          byte[] value = entry.getValue().value();
          if (value == null) {
            batch.delete(family(entry.getKey()), entry.getKey());
          } else {
            batch.put(family(entry.getKey()), entry.getKey(), value);
          }
        }
      }
      database.write(synced, batch);
    } catch (RocksDBException e) {
      throw RocksFailure.of("the changes cannot be made durable", e);
    }
  }

  /** A number that RocksDB tells of itself. */
  long property(String name) throws IOException {
    try {
      return database.getAggregatedLongProperty(name);
    } catch (RocksDBException e) {
      throw RocksFailure.of(name + " cannot be read", e);
    }
  }

  /**
   * Whether it failed in threads of its own, where it moves changes into tables: nobody waits for
   * those, and else the next change would be the first to tell.
   */
  boolean hasFailedInside() throws IOException {
    // A listener would hear of it at once, but the Java side of one knows half of the reasons only.
    return property("rocksdb.background-errors") > 0;
  }

  /** Moves what is in memory into tables, and waits for it. */
  void flush() throws IOException {
    try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
      database.flush(wait, handles);
    } catch (RocksDBException e) {
      throw RocksFailure.of("the facts cannot be flushed", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      database.cancelAllBackgroundWork(true);
      handles.forEach(ColumnFamilyHandle::close);
      database.closeE();
    } catch (RocksDBException e) {
      throw RocksFailure.of("the database does not close", e);
    } finally {
      synced.close();
      now.close();
      options.close();
    }
  }

  private byte @Nullable [] get(ReadOptions view, byte[] key) throws IOException {
    try {
      return database.get(family(key), view, key);
    } catch (RocksDBException e) {
      throw RocksFailure.of("the facts cannot be read", e);
    }
  }

  @Override
  public Cursor scan(byte[] prefix, byte[] from, byte[] end) {
    return scan(now, prefix, from, end);
  }

  private Cursor scan(ReadOptions view, byte[] prefix, byte[] from, byte[] end) {
    return new RocksScan(database, family(prefix), view, from, end);
  }

  private ColumnFamilyHandle family(byte[] key) {
    ColumnFamilyHandle handle = families.get(Schema.familyOf(key));
    if (handle == null) {
      throw new IllegalStateException("every family is opened");
    }
    return handle;
  }

  /** The database at one moment, and the snapshot that keeps it. */
  final class Moment implements View, Closeable {
    private final Snapshot snapshot = database.getSnapshot();
    private final ReadOptions then = new ReadOptions().setSnapshot(snapshot);

    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
      return RocksDatabase.this.get(then, key);
    }

    @Override
    public Cursor scan(byte[] prefix, byte[] from) {
      return scan(prefix, from, Keys.afterAll(prefix));
    }

    @Override
    public Cursor scan(byte[] prefix, byte[] from, byte[] end) {
      return RocksDatabase.this.scan(then, prefix, from, end);
    }

    @Override
    public void close() {
      then.close();
      // close() of the Java object alone would leave the native snapshot where it is, and with it
      // every version of every key since.
      database.releaseSnapshot(snapshot);
      snapshot.close();
    }
  }
}
