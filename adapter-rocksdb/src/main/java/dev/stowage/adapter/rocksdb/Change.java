package dev.stowage.adapter.rocksdb;

import org.jspecify.annotations.Nullable;

/**
 * What a transaction did to one key: a new value, or none any more. It is equal to itself only: two
 * transactions that do the same are still two, and the overlay forgets the one and keeps the other.
 */
final class Change {
  private final byte @Nullable [] value;

  private Change(byte @Nullable [] value) {
    this.value = value;
  }

  static Change put(byte[] value) {
    return new Change(value);
  }

  static Change removal() {
    return new Change(null);
  }

  /** The new value; null for a removal. */
  byte @Nullable [] value() {
    return value;
  }
}
