package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.stowage.adapter.rocksdb.Schema.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OverlayTest {
  private static final byte[] KEY = key(1, 2);

  @TempDir Path directory;

  private static byte[] key(int... fields) {
    byte[] key = new byte[fields.length + 1];
    key[0] = (byte) Kind.BLOB.code();
    for (int i = 0; i < fields.length; i++) {
      key[i + 1] = (byte) fields[i];
    }
    return key;
  }

  private static byte[] value(int value) {
    return new byte[] {(byte) value};
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void showsWhatAMapWouldShow(long seed) throws IOException {
    Random random = new Random(seed);
    NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
    try (RocksDatabase database = RocksOpening.open(directory, RocksOptions.defaults())) {
      Overlay lowest = new Overlay(database);
      changeAtRandom(lowest, model, random);
      database.write(List.of(lowest));
      Overlay middle = new Overlay(database);
      changeAtRandom(middle, model, random);
      Overlay top = new Overlay(middle);
      for (int round = 0; round < 10; round++) {
        changeAtRandom(top, model, random);
        assertShows(model, top, random);
      }
      middle.absorb(top);
      assertShows(model, middle, random);
      // In the database and in the overlay at the same time, as while a group is written.
      database.write(List.of(top));
      assertShows(model, middle, random);
      Overlay later = new Overlay(middle);
      changeAtRandom(later, model, random);
      middle.absorb(later);
      middle.forget(top);
      assertShows(model, middle, random);
    }
  }

  private static void changeAtRandom(
      Overlay overlay, NavigableMap<byte[], byte[]> model, Random random) {
    for (int i = 0; i < 60; i++) {
      byte[] key = randomKey(random);
      if (random.nextInt(3) == 0) {
        overlay.remove(key);
        model.remove(key);
      } else {
        byte[] value = value(random.nextInt());
        overlay.put(key, value);
        model.put(key, value);
      }
    }
  }

  private static byte[] randomKey(Random random) {
    int[] bytes = {0, 1, 0x7f, 0x80, 0xfe, 0xff};
    int[] fields = new int[1 + random.nextInt(3)];
    Arrays.setAll(fields, i -> bytes[random.nextInt(bytes.length)]);
    return key(fields);
  }

  private static void assertShows(NavigableMap<byte[], byte[]> model, View view, Random random)
      throws IOException {
    for (int i = 0; i < 20; i++) {
      byte[] key = randomKey(random);
      assertArrayEquals(model.get(key), view.get(key));
      byte[] prefix = random.nextInt(4) == 0 ? key() : Arrays.copyOf(key, key.length - 1);
      byte[] from = random.nextBoolean() ? prefix : Keys.after(key);
      List<String> expected = new ArrayList<>();
      model
          .tailMap(from, true)
          .forEach(
              (k, v) -> {
                if (Arrays.mismatch(prefix, k) == prefix.length || Arrays.equals(prefix, k)) {
                  expected.add(entry(k, v));
                }
              });
      List<String> shown = new ArrayList<>();
      try (Cursor cursor = view.scan(prefix, from)) {
        while (cursor.next()) {
          shown.add(entry(cursor.key(), cursor.value()));
        }
      }
      assertEquals(expected, shown);
    }
  }

  private static String entry(byte[] key, byte[] value) {
    HexFormat hex = HexFormat.of();
    return hex.formatHex(key) + "=" + hex.formatHex(value);
  }

  @Test
  void keepsWhatALaterTransactionDidWhenAnEarlierOneIsForgotten() throws IOException {
    try (RocksDatabase database = RocksOpening.open(directory, RocksOptions.defaults())) {
      Overlay pending = new Overlay(database);
      Overlay first = new Overlay(pending);
      first.remove(KEY);
      pending.absorb(first);
      Overlay put = new Overlay(pending);
      put.put(KEY, value(1));
      Overlay second = new Overlay(pending);
      second.remove(KEY);
      pending.absorb(second);
      database.write(List.of(put));

      pending.forget(first);
      assertNull(pending.get(KEY), "the second removal is not durable, and still hides the value");
      pending.forget(second);
      assertArrayEquals(value(1), pending.get(KEY));
    }
  }
}
