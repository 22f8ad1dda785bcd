package dev.stowage.contract;

import dev.stowage.spi.BlobData;
import org.junit.jupiter.api.AfterEach;

/** The wrappers keep the contract as long as nothing is to fail. */
class WrappedBlobDataTest extends BlobDataContract {
  private InMemoryBlobData memory = new InMemoryBlobData();
  private LeakTrackingBlobData tracking = new LeakTrackingBlobData(memory);

  @Override
  protected BlobData open() {
    return wrap(memory);
  }

  @Override
  protected BlobData openAfterKill(BlobData ended) {
    return wrap(memory.afterKill());
  }

  @Override
  protected BlobData openAfterBoot(BlobData ended) {
    return wrap(memory.afterBoot());
  }

  @AfterEach
  void everythingIsClosed() {
    tracking.assertNothingOpen();
  }

  private BlobData wrap(InMemoryBlobData next) {
    memory = next;
    tracking = new LeakTrackingBlobData(new FaultyBlobData(next));
    return tracking;
  }
}
