package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Changes in memory, laid over another view: what was changed is seen as it is now, removals
 * included, and the rest shines through. For one thread at a time.
 */
final class Overlay implements View {
  private final NavigableMap<byte[], Change> changes = new TreeMap<>(Arrays::compareUnsigned);
  private final View below;

  Overlay(View below) {
    this.below = below;
  }

  void put(byte[] key, byte[] value) {
    changes.put(key, Change.put(value));
  }

  void remove(byte[] key) {
    changes.put(key, Change.removal());
  }

  /** The changes, by key; not to be altered. */
  NavigableMap<byte[], Change> changes() {
    return changes;
  }

  /** How many bytes its changes are, roughly. */
  long size() {
    long size = 0;
    for (Map.Entry<byte[], Change> entry : changes.entrySet()) {
      byte[] value = entry.getValue().value();
      size += entry.getKey().length + (value == null ? 0 : value.length);
    }
    return size;
  }

  /** Takes over the changes of a layer above. */
  void absorb(Overlay above) {
    changes.putAll(above.changes);
  }

  /** Drops those of these changes that are still the last ones to their keys. */
  void forget(Overlay absorbed) {
    absorbed.changes.forEach(changes::remove);
  }

  @Override
  public byte @Nullable [] get(byte[] key) throws IOException {
    Change change = changes.get(key);
    return change != null ? change.value() : below.get(key);
  }

  @Override
  public Cursor scan(byte[] prefix, byte[] from) throws IOException {
    return scan(prefix, from, Keys.afterAll(prefix));
  }

  @Override
  public Cursor scan(byte[] prefix, byte[] from, byte[] end) throws IOException {
    Cursor base = below.scan(prefix, from, end);
    if (Arrays.compareUnsigned(from, end) >= 0) {
      return base;
    }
    Iterator<Map.Entry<byte[], Change>> above =
        changes.subMap(from, true, end, false).entrySet().iterator();
    return above.hasNext() ? new MergedCursor(above, base) : base;
  }
}
