package dev.stowage.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.junit.jupiter.api.Test;

class LeakTrackingBlobDataTest {
  private final LeakTrackingBlobData data = new LeakTrackingBlobData(new InMemoryBlobData());

  @Test
  void anOpenStagingIsALeak() throws IOException {
    Staging staging = data.stage(UploadId.random());
    assertEquals(1, data.openStagings());
    AssertionError error = assertThrows(AssertionError.class, data::assertNothingOpen);
    assertEquals("a staging of " + staging.id(), error.getSuppressed()[0].getMessage());
    staging.close();
    data.assertNothingOpen();
  }

  @Test
  void anOpenChannelIsALeak() throws IOException {
    Placement placement = data.place(data.stage(UploadId.random()), digest());
    SeekableByteChannel channel = data.open(placement);
    assertEquals(1, data.openChannels());
    assertThrows(AssertionError.class, data::assertNothingOpen);
    channel.close();
    data.assertNothingOpen();
  }

  @Test
  void aStagingThatIsDiscardedOrPlacedIsNone() throws IOException {
    data.stage(UploadId.random()).discard();
    data.place(data.stage(UploadId.random()), digest());
    data.assertNothingOpen();
  }

  private static Digest digest() {
    return Digest.canonical(ByteBuffer.allocate(0));
  }
}
