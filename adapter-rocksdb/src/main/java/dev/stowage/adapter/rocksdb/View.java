package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Entries in the order of their keys' unsigned bytes, as they are for somebody. */
interface View {
  /** The value of a key, not to be changed; null if there is none. */
  byte @Nullable [] get(byte[] key) throws IOException;

  /** The entries whose keys begin with a prefix, beginning at or behind {@code from}. */
  Cursor scan(byte[] prefix, byte[] from) throws IOException;

  /**
   * The same, of which nobody wants to see what is at or behind {@code end}: it may be shown, and
   * where it costs to step over what is there no more, it is not.
   */
  default Cursor scan(byte[] prefix, byte[] from, byte[] end) throws IOException {
    return scan(prefix, from);
  }
}
