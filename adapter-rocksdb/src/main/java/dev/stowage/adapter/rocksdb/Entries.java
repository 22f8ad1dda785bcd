package dev.stowage.adapter.rocksdb;

import dev.stowage.StowageException;
import dev.stowage.adapter.rocksdb.FieldReader.DamagedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The entries of a view, read and decoded for one transaction. It refuses to be used by another
 * thread or after its transaction: the native snapshot beneath it is gone by then.
 */
final class Entries {
  private final Thread owner = Thread.currentThread();
  private final View view;
  private boolean ended;

  Entries(View view) {
    this.view = view;
  }

  /** Says that the transaction is over. */
  void end() {
    ended = true;
  }

  /** Refuses use by another thread, or after the transaction. */
  void check() {
    if (ended || Thread.currentThread() != owner) {
      throw new IllegalStateException("facts are good only inside their transaction and thread");
    }
  }

  /** Whether a key is there; for keys with small values. */
  boolean exists(byte[] key) throws IOException {
    check();
    return view.get(key) != null;
  }

  /** The record of a key, if it is there. */
  <T> Optional<T> get(byte[] key, Function<byte[], T> record) throws IOException {
    check();
    byte[] value = view.get(key);
    return value == null ? Optional.empty() : Optional.of(decode(key, () -> record.apply(value)));
  }

  /** All entries with a prefix; for prefixes with few. */
  <T> List<T> all(byte[] prefix, Item<T> item) throws IOException {
    return page(prefix, Optional.empty(), Integer.MAX_VALUE, item);
  }

  /** Entries with a prefix, in the order of their keys, behind one that need not exist. */
  <T> List<T> page(byte[] prefix, Optional<byte[]> after, int limit, Item<T> item)
      throws IOException {
    return page(prefix, after, Keys.afterAll(prefix), limit, item);
  }

  /** The same, before the key {@code end}. */
  <T> List<T> page(byte[] prefix, Optional<byte[]> after, byte[] end, int limit, Item<T> item)
      throws IOException {
    check();
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item, not " + limit);
    }
    List<T> items = new ArrayList<>();
    try (Cursor cursor = view.scan(prefix, after.map(Keys::after).orElse(prefix), end)) {
      while (items.size() < limit && cursor.next()) {
        byte[] key = cursor.key();
        if (Arrays.compareUnsigned(key, end) >= 0) {
          break;
        }
        byte[] value = cursor.value();
        items.add(decode(key, () -> item.of(Keys.behind(prefix, key), value)));
      }
    }
    return items;
  }

  private static <T> T decode(byte[] key, Supplier<T> record) throws IOException {
    try {
      return record.get();
    } catch (DamagedException | StowageException | IllegalArgumentException e) {
      // The values check themselves: what they refuse was never one that somebody stored.
      throw new IOException(
          "the record " + HexFormat.of().formatHex(key) + " is damaged: " + e.getMessage(), e);
    }
  }

  /** How an item of a list is read: the fields of its key behind the prefix, and its value. */
  @FunctionalInterface
  interface Item<T> {
    T of(FieldReader fields, byte[] value);
  }
}
