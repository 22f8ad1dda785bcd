package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries of a view with changes laid over them, in one order. Closing it closes the view's. */
final class MergedCursor implements Cursor {
  private final Iterator<Map.Entry<byte[], Change>> changes;
  private final Cursor below;
  private Map.@Nullable Entry<byte[], Change> change;
  private boolean begun;
  private boolean belowStands;
  private byte[] key = {};
  private byte[] value = {};

  MergedCursor(Iterator<Map.Entry<byte[], Change>> changes, Cursor below) {
    this.changes = changes;
    this.below = below;
  }

  @Override
  public boolean next() throws IOException {
    if (!begun) {
      begun = true;
      stepChanges();
      belowStands = below.next();
    }
    while (change != null || belowStands) {
      int order = order();
      if (order < 0) {
        key = below.key();
        value = below.value();
        belowStands = below.next();
        return true;
      }
      Map.Entry<byte[], Change> winner = change;
      if (order == 0) {
        belowStands = below.next();
      }
      stepChanges();
      if (winner != null && take(winner)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public byte[] key() {
    return key;
  }

  @Override
  public byte[] value() {
    return value;
  }

  @Override
  public void close() {
    below.close();
  }

  /** Negative if the entry below comes first, zero if it is hidden by the change, else positive. */
  private int order() {
    if (change == null) {
      return -1;
    }
    return belowStands ? Arrays.compareUnsigned(below.key(), change.getKey()) : 1;
  }

  private boolean take(Map.Entry<byte[], Change> winner) {
    byte[] changed = winner.getValue().value();
    if (changed == null) {
      return false;
    }
    key = winner.getKey();
    value = changed;
    return true;
  }

  private void stepChanges() {
    change = changes.hasNext() ? changes.next() : null;
  }
}
