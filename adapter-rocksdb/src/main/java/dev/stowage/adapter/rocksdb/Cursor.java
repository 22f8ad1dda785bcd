package dev.stowage.adapter.rocksdb;

import java.io.Closeable;
import java.io.IOException;

/** A way through entries, in order. It stands before the first one to begin with. */
interface Cursor extends Closeable {
  /** Steps to the next entry, and says whether there was one. */
  boolean next() throws IOException;

  /** The key of the entry that it stands on. */
  byte[] key();

  /** The value of the entry that it stands on. */
  byte[] value();

  @Override
  void close();
}
