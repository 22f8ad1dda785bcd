package dev.stowage.app.storage;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.contract.RegistryContract;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class StoredRegistryTest extends RegistryContract {
  private final BlobData data;
  private final MetadataStore facts;
  private final StowageRegistry registry;

  StoredRegistryTest(@TempDir Path directory) throws IOException {
    data = FileBlobData.open(directory, FileOptions.defaults());
    facts = RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
    registry =
        StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
  }

  @Override
  protected Registry open() {
    return registry;
  }

  @AfterEach
  void close() throws IOException {
    registry.close();
    facts.close();
    data.close();
  }
}
