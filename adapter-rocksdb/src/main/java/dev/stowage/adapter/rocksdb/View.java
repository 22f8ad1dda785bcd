package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries in the order of their keys' unsigned bytes, as they are for somebody. */
interface View {
  /** The value of a key, not to be changed; null if there is none. */
  byte @Nullable [] get(byte[] key) throws IOException;

  /** The entries whose keys begin with a prefix, beginning at or behind {@code from}. */
  Cursor scan(byte[] prefix, byte[] from) throws IOException;
}
