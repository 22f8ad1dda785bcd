package dev.stowage.adapter.fs;

import dev.stowage.contract.BlobDataContract;
import dev.stowage.spi.BlobData;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileBlobDataTest extends BlobDataContract {
  @TempDir Path directory;
  private int boot = 1;

  @Override
  protected BlobData open() throws IOException {
    return FileBlobData.open(directory, FileOptions.defaults().withBootId("boot-" + boot));
  }

  @Override
  protected BlobData openAfterKill(BlobData ended) throws IOException {
    // Gives up the lock, as the kernel does for a process that is killed; stagings stay open.
    ended.close();
    return open();
  }

  @Override
  protected BlobData openAfterBoot(BlobData ended) throws IOException {
    boot++;
    return openAfterKill(ended);
  }
}
