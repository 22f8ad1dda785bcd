package dev.stowage.app.property;

import dev.stowage.core.CoreOptions;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.Closeable;
import java.io.IOException;

/** A registry over bytes and facts that can be opened again. */
interface Installation extends Closeable {
  /** How it ends before it is opened again. */
  enum End {
    /** Closed in good order. */
    CLOSE,
    /** The process is killed. */
    KILL,
    /** The machine boots. */
    BOOT
  }

  /** Makes a new and empty installation. */
  @FunctionalInterface
  interface Maker {
    Installation make(CoreOptions options) throws IOException;
  }

  /** The registry since it was last opened. */
  Registry registry();

  BlobData data();

  MetadataStore facts();

  /** Ends the registry and opens it again, with other options. */
  void reopen(End end, CoreOptions options) throws IOException;
}
