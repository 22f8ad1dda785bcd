package dev.stowage.core.review;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A lease and a condemnation of the same key: one of them comes first. */
class LeasesTest {
  private static final RepositoryName A = new RepositoryName("a");
  private static final RepositoryName B = new RepositoryName("b");
  private static final Digest X = Digest.canonical(ByteBuffer.wrap(new byte[] {1}));

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Leases leases = new Leases(nanos::get, Duration.ofNanos(10));

  @Test
  void aLeaseKeepsTheCollectorOffUntilItIsOver() throws IOException {
    leases.enter(A, X);
    assertTrue(leases.condemn(A, X).isEmpty());
    assertFalse(leases.condemn(B, X).isEmpty());
    nanos.addAndGet(9);
    assertEquals(Duration.ofNanos(1), leases.remaining(A, X));
    assertTrue(leases.condemn(A, X).isEmpty());
    nanos.addAndGet(1);
    assertEquals(Duration.ZERO, leases.remaining(A, X));
    assertTrue(leases.condemn(A, X).isPresent());
  }

  @Test
  void anotherLeaseProlongsTheFirst() throws IOException {
    leases.enter(A, X);
    nanos.addAndGet(5);
    leases.enter(A, X);
    nanos.addAndGet(9);
    assertTrue(leases.condemn(A, X).isEmpty());
    nanos.addAndGet(1);
    assertTrue(leases.condemn(A, X).isPresent());
  }

  @Test
  void aKeyIsCondemnedOnce() {
    Leases.Condemnation first = leases.condemn(A, X).orElseThrow();
    assertTrue(leases.condemn(A, X).isEmpty());
    first.close();
    assertTrue(leases.condemn(A, X).isPresent());
  }

  @Test
  void whoeverMeetsACondemnedKeyWaitsUntilItIsDecided() {
    Leases.Condemnation condemnation = leases.condemn(A, X).orElseThrow();
    Thread[] reader = new Thread[1];
    CompletableFuture<Boolean> entered =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                leases.enter(A, X);
                return true;
              } catch (IOException e) {
                return false;
              }
            },
            task -> {
              reader[0] = new Thread(task, "reader");
              reader[0].start();
            });
    while (reader[0].getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertFalse(entered.isDone());
    condemnation.close();
    assertTrue(entered.join());
    assertTrue(leases.condemn(A, X).isEmpty());
  }

  @Test
  void anInterruptEndsTheWait() {
    Leases.Condemnation condemnation = leases.condemn(A, X).orElseThrow();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> leases.enter(A, X));
    assertTrue(Thread.interrupted());
    condemnation.close();
  }

  @Test
  void memoryIsGivenBackWhenLeasesAreOver() throws IOException {
    for (int i = 0; i < 100_000; i++) {
      leases.enter(new RepositoryName("r" + i), X);
      nanos.addAndGet(1);
    }
    assertTrue(leases.size() < 2100, () -> leases.size() + " leases");
    nanos.addAndGet(10);
    leases.tidy();
    assertEquals(0, leases.size());
  }
}
