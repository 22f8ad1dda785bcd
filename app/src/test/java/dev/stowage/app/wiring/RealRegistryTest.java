package dev.stowage.app.wiring;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.BlobStore;
import dev.stowage.contract.BlobStoreContract;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A repository's blobs over real files and a real database keep the contract. */
class RealRegistryTest extends BlobStoreContract {
  private final LeakTrackingBlobData data;
  private final RocksMetadataStore facts;
  private final StowageRegistry registry;

  RealRegistryTest(@TempDir Path directory) throws IOException {
    data = new LeakTrackingBlobData(FileBlobData.open(directory, FileOptions.defaults()));
    facts = RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
    registry =
        StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
  }

  @Override
  protected BlobStore open() {
    return registry.repository(new RepositoryName("team/image")).blobs();
  }

  @AfterEach
  void closeAll() throws IOException {
    registry.close();
    data.assertNothingOpen();
    facts.close();
    data.close();
  }
}
