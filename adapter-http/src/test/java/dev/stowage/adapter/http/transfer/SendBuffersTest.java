package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SendBuffersTest {
  private static final long MUCH = 1L << 40;

  @Test
  void areAsLargeAsTheContentNeeds() {
    SendBuffers buffers = new SendBuffers(1);
    assertEquals(1, buffers.take(0));
    assertEquals(7, buffers.take(7));
    assertEquals(SendBuffers.SMALL, buffers.take(SendBuffers.SMALL));
    assertEquals(20_000, buffers.take(20_000));
  }

  @Test
  void areSmallWhenTheLargeOnesAreTaken() {
    SendBuffers buffers = new SendBuffers(2);
    assertEquals(SendBuffers.LARGE, buffers.take(MUCH));
    assertEquals(SendBuffers.LARGE, buffers.take(MUCH));
    assertEquals(SendBuffers.SMALL, buffers.take(MUCH));
    buffers.giveBack(SendBuffers.SMALL);
    assertEquals(SendBuffers.SMALL, buffers.take(MUCH));
    buffers.giveBack(SendBuffers.LARGE);
    assertEquals(SendBuffers.LARGE, buffers.take(MUCH));
  }
}
