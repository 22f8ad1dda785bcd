package dev.stowage.contract;

import dev.stowage.spi.BlobData;

class InMemoryBlobDataTest extends BlobDataContract {
  @Override
  protected BlobData open() {
    return new InMemoryBlobData();
  }

  @Override
  protected BlobData openAfterKill(BlobData ended) {
    return ((InMemoryBlobData) ended).afterKill();
  }

  @Override
  protected BlobData openAfterBoot(BlobData ended) {
    return ((InMemoryBlobData) ended).afterBoot();
  }
}
