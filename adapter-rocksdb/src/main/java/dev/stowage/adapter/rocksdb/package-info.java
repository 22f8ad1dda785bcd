/**
 * Facts in RocksDB: {@link dev.stowage.adapter.rocksdb.RocksMetadataStore} keeps the port {@link
 * dev.stowage.spi.MetadataStore} over one database directory.
 *
 * <p>Everything else in here is its inside: {@code Schema}, {@code Keys} and {@code Records} say
 * what lies where (docs/rocksdb-schema.md has it on a page), {@code RocksDatabase} and {@code
 * RocksScan} are the only classes that touch native handles, and {@code GroupCommit} makes writing
 * functions serializable and durable.
 */
@NullMarked
package dev.stowage.adapter.rocksdb;

import org.jspecify.annotations.NullMarked;
