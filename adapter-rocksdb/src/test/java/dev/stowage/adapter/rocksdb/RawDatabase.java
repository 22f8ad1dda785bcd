package dev.stowage.adapter.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stowage.adapter.rocksdb.Schema.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/** A closed store's database, opened by itself to change what the store would not. */
final class RawDatabase implements AutoCloseable {
  private final DBOptions options =
      new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
  private final WriteOptions synced = new WriteOptions().setSync(true);
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final RocksDB database;

  RawDatabase(Path directory) throws RocksDBException {
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY));
    for (Family family : Family.values()) {
      families.add(new ColumnFamilyDescriptor(family.id().getBytes(UTF_8)));
    }
    database = RocksDB.open(options, directory.toString(), families, handles);
  }

  void put(byte[] key, byte[] value) throws RocksDBException {
    int family = List.of(Family.values()).indexOf(Schema.familyOf(key));
    database.put(handles.get(1 + family), synced, key, value);
  }

  void putVersion(String version) throws RocksDBException {
    database.put(synced, Schema.VERSION_KEY, version.getBytes(UTF_8));
  }

  void removeVersion() throws RocksDBException {
    database.delete(synced, Schema.VERSION_KEY);
  }

  void addFamily(String name) throws RocksDBException {
    handles.add(database.createColumnFamily(new ColumnFamilyDescriptor(name.getBytes(UTF_8))));
  }

  void dropFamily(Family family) throws RocksDBException {
    database.dropColumnFamily(handles.get(1 + List.of(Family.values()).indexOf(family)));
  }

  @Override
  public void close() {
    handles.forEach(ColumnFamilyHandle::close);
    database.close();
    synced.close();
    options.close();
  }
}
