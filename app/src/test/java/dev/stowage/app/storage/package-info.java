/** The contracts of a store and a registry, kept over files, RocksDB and JSON. */
@NullMarked
package dev.stowage.app.storage;

import org.jspecify.annotations.NullMarked;
