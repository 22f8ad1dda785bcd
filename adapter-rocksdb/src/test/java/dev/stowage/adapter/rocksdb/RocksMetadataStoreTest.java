package dev.stowage.adapter.rocksdb;

import dev.stowage.contract.MetadataStoreContract;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class RocksMetadataStoreTest extends MetadataStoreContract {
  @TempDir Path directory;

  @Override
  protected MetadataStore openFresh() throws IOException {
    return reopen();
  }

  @Override
  protected MetadataStore reopen() throws IOException {
    return RocksMetadataStore.open(directory.resolve("meta"), RocksOptions.defaults());
  }
}
