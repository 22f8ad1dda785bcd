package dev.stowage.app.property;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The core over files and RocksDB. A kill is a close here, since a process cannot kill a part of
 * itself; the tests that kill whole processes are elsewhere.
 */
final class DiskInstallation implements Installation {
  private static final long MEBIBYTE = 1 << 20;

  private final Path root;
  private int boots;
  private FileBlobData data;
  private RocksMetadataStore facts;
  private StowageRegistry registry;

  DiskInstallation(Path root, CoreOptions options) throws IOException {
    this.root = root;
    this.data = openData();
    this.facts = openFacts();
    this.registry = StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public BlobData data() {
    return data;
  }

  @Override
  public MetadataStore facts() {
    return facts;
  }

  @Override
  public void reopen(End end, CoreOptions options) throws IOException {
    close();
    if (end == End.BOOT) {
      boots++;
    }
    data = openData();
    facts = openFacts();
    registry = StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
  }

  @Override
  public void close() throws IOException {
    registry.close();
    facts.close();
    data.close();
  }

  private FileBlobData openData() throws IOException {
    return FileBlobData.open(root, FileOptions.defaults().withBootId("boot-" + boots));
  }

  private RocksMetadataStore openFacts() throws IOException {
    return RocksMetadataStore.open(
        root.resolve("metadata"), new RocksOptions(MEBIBYTE, MEBIBYTE, 16));
  }
}
