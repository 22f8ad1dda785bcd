package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;

/**
 * Bytes and facts in the data directory. The bytes come first: their lock is the directory's, so
 * nothing else in it is touched while another process has it.
 */
@SuppressWarnings("CloseableProvides") // OpenThings closes what is provided here
final class StorageModule extends AbstractModule {
  private static final String METADATA = "metadata";

  @Provides
  @Singleton
  BlobData data(Settings settings, OpenThings open) throws IOException {
    FileOptions options = FileOptions.defaults().withReserve(settings.diskReserve());
    return open.add(
        FileBlobData.open(
            settings.dataDir(), settings.bootId().map(options::withBootId).orElse(options)));
  }

  @Provides
  @Singleton
  @SuppressWarnings("UnusedVariable") // the bytes are asked for so that they are opened before
  MetadataStore facts(Settings settings, OpenThings open, BlobData lockedFirst) throws IOException {
    return open.add(
        RocksMetadataStore.open(settings.dataDir().resolve(METADATA), RocksOptions.defaults()));
  }
}
