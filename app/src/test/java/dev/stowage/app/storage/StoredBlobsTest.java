package dev.stowage.app.storage;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.BlobStore;
import dev.stowage.contract.BlobStoreContract;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageStore;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

class StoredBlobsTest extends BlobStoreContract {
  private final LeakTrackingBlobData data;
  private final MetadataStore facts;
  private final StowageStore store;

  StoredBlobsTest(@TempDir Path directory) throws IOException {
    data = new LeakTrackingBlobData(FileBlobData.open(directory, FileOptions.defaults()));
    facts = RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
    store = StowageStore.open(data, facts, CoreOptions.defaults());
  }

  @Override
  protected BlobStore open() {
    return store;
  }

  @AfterEach
  void close() throws IOException {
    store.close();
    data.assertNothingOpen();
    facts.close();
    data.close();
  }
}
