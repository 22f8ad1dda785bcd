package dev.stowage.adapter.rocksdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.spi.Health;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a store whose log failed comes back by itself, with failures that are given to it. */
@Timeout(60)
final class RecoveryTest {
  private static final Pace AT_ONCE = new Pace(Duration.ofMillis(1), Duration.ofMillis(5));
  private static final Pushes PUSHES = new Pushes(100);

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  /** What the next write to the log does. */
  private enum Next {
    WRITE,
    FAIL,
    WRITE_AND_FAIL
  }

  private volatile Next next = Next.WRITE;

  @AfterEach
  void end() {
    threads.shutdownNow();
  }

  private RocksMetadataStore open(Pace pace) throws IOException {
    return RocksMetadataStore.open(directory, RocksOptions.defaults(), this::failing, pace);
  }

  private GroupCommit.Log failing(GroupCommit.Log log) {
    return transactions -> {
      Next now = next;
      next = Next.WRITE;
      if (now != Next.FAIL) {
        log.write(transactions);
      }
      if (now != Next.WRITE) {
        throw new IOException("the disk fails");
      }
    };
  }

  private void fail(RocksMetadataStore store, Next how, int number) {
    next = how;
    IOException failed = assertThrows(IOException.class, () -> PUSHES.push(store, number));
    assertFalse(failed instanceof StoreReadOnlyException, "its fate is unknown");
  }

  @Test
  void takesChangesAgainAndHasAllThatWasAcknowledged() throws IOException {
    try (RocksMetadataStore store = open(AT_ONCE)) {
      for (int i = 0; i < 20; i++) {
        PUSHES.push(store, 2 * i);
        fail(store, Next.FAIL, 2 * i + 1);
        Pushes.awaitWritable(store);
      }
      for (int i = 0; i < 20; i++) {
        assertTrue(PUSHES.has(store, 2 * i));
        assertFalse(PUSHES.has(store, 2 * i + 1), "it never reached the log");
      }
    }
  }

  @Test
  void mayKeepAChangeThatItCalledFailed() throws IOException {
    try (RocksMetadataStore store = open(AT_ONCE)) {
      fail(store, Next.WRITE_AND_FAIL, 0);
      Pushes.awaitWritable(store);
      assertTrue(PUSHES.has(store, 0));
    }
  }

  @Test
  void refusesChangesAndServesReadsUntilItHasRecovered() throws IOException {
    try (RocksMetadataStore store = open(new Pace(Duration.ofDays(1), Duration.ofDays(1)))) {
      PUSHES.push(store, 0);
      assertEquals(new Health.Writable(), store.health());
      fail(store, Next.FAIL, 1);
      assertEquals(new Health.ReadOnly("the disk fails"), store.health());
      for (int i = 0; i < 3; i++) {
        StoreReadOnlyException refused =
            assertThrows(StoreReadOnlyException.class, () -> PUSHES.push(store, 2));
        assertTrue(String.valueOf(refused.getMessage()).contains("the disk fails"));
        assertTrue(PUSHES.has(store, 0));
        assertEquals(1, store.read(facts -> facts.repositories(Optional.empty(), 9)).size());
      }
    }
  }

  @Test
  void waitsForReadersBeforeItCloses() throws Exception {
    try (RocksMetadataStore store = open(AT_ONCE)) {
      PUSHES.push(store, 0);
      CountDownLatch reading = new CountDownLatch(1);
      CountDownLatch failed = new CountDownLatch(1);
      Future<Integer> reader =
          threads.submit(
              () ->
                  store.read(
                      facts -> {
                        reading.countDown();
                        await(failed);
                        int seen = 0;
                        for (int i = 0; i < 20_000; i++) {
                          seen += facts.repositories(Optional.empty(), 9).size();
                        }
                        assertInstanceOf(Health.ReadOnly.class, store.health());
                        return seen;
                      }));
      reading.await();
      fail(store, Next.FAIL, 1);
      failed.countDown();
      assertEquals(20_000, reader.get());
      Pushes.awaitWritable(store);
      PUSHES.push(store, 2);
      assertTrue(PUSHES.has(store, 0));
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void servesReadsFromWhatItCanOpenWhileItCannotOpenForWriting() throws Exception {
    AtomicInteger openings = new AtomicInteger();
    CountDownLatch mayOpen = new CountDownLatch(1);
    CountDownLatch triedAgain = new CountDownLatch(3);
    try (RocksMetadataStore store =
        RocksMetadataStore.open(
            directory,
            RocksOptions.defaults(),
            log -> {
              if (openings.getAndIncrement() > 0) {
                triedAgain.countDown();
                if (mayOpen.getCount() > 0) {
                  throw new IllegalStateException("it does not open");
                }
              }
              return failing(log);
            },
            AT_ONCE)) {
      PUSHES.push(store, 0);
      fail(store, Next.FAIL, 1);
      triedAgain.await();
      for (int i = 0; i < 200; i++) {
        assertTrue(PUSHES.has(store, 0));
      }
      assertThrows(StoreReadOnlyException.class, () -> PUSHES.push(store, 2));
      mayOpen.countDown();
      Pushes.awaitWritable(store);
      PUSHES.push(store, 3);
      assertTrue(PUSHES.has(store, 0));
      assertFalse(PUSHES.has(store, 1));
    }
  }

  @Test
  void losesNothingUnderReadersAndWriters() throws Exception {
    AtomicBoolean stop = new AtomicBoolean();
    List<Future<List<Integer>>> writers = new ArrayList<>();
    List<Future<Integer>> readers = new ArrayList<>();
    try (RocksMetadataStore store = open(AT_ONCE)) {
      PUSHES.push(store, -1);
      for (int i = 0; i < 3; i++) {
        int first = 1_000_000 * i;
        writers.add(threads.submit(() -> pushUntil(stop, store, first)));
        readers.add(threads.submit(() -> readUntil(stop, store)));
      }
      for (int i = 0; i < 30; i++) {
        Pushes.awaitWritable(store);
        next = i % 2 == 0 ? Next.FAIL : Next.WRITE_AND_FAIL;
        while (next != Next.WRITE) {
          Thread.onSpinWait();
        }
      }
      Pushes.awaitWritable(store);
      stop.set(true);
      for (Future<Integer> reader : readers) {
        assertEquals(0, reader.get(), "reads that failed");
      }
      int kept = 0;
      for (Future<List<Integer>> writer : writers) {
        for (int number : writer.get()) {
          assertTrue(PUSHES.has(store, number), "push " + number + " was acknowledged");
          kept++;
        }
      }
      assertTrue(kept > 0);
    }
  }

  private static List<Integer> pushUntil(AtomicBoolean stop, RocksMetadataStore store, int first) {
    List<Integer> acknowledged = new ArrayList<>();
    for (int number = first; !stop.get(); number++) {
      try {
        PUSHES.push(store, number);
        acknowledged.add(number);
      } catch (IOException e) {
        // Refused, or its fate is unknown: no matter here.
        Pushes.awaitWritable(store);
      }
    }
    return acknowledged;
  }

  private static int readUntil(AtomicBoolean stop, RocksMetadataStore store) {
    int failed = 0;
    while (!stop.get()) {
      try {
        failed += PUSHES.has(store, -1) ? 0 : 1;
      } catch (IOException e) {
        failed++;
      }
    }
    return failed;
  }

  @Test
  void closesWhileItWaitsToRecover() throws Exception {
    RocksMetadataStore store = open(new Pace(Duration.ofDays(1), Duration.ofDays(1)));
    PUSHES.push(store, 0);
    fail(store, Next.FAIL, 1);
    store.close();
    assertThrows(IOException.class, () -> PUSHES.has(store, 0));
    assertThrows(IOException.class, () -> PUSHES.push(store, 2));
    assertInstanceOf(Health.ReadOnly.class, store.health());
    try (RocksMetadataStore again = open(AT_ONCE)) {
      assertTrue(PUSHES.has(again, 0));
    }
  }

  @Test
  void closesWhileItRecovers() throws Exception {
    for (int round = 0; round < 20; round++) {
      RocksMetadataStore store = open(new Pace(Duration.ZERO, Duration.ZERO));
      fail(store, Next.FAIL, 1);
      Future<?> reader = threads.submit(() -> PUSHES.has(store, 0));
      store.close();
      try {
        reader.get();
      } catch (ExecutionException e) {
        assertInstanceOf(IOException.class, e.getCause());
      }
    }
  }

  @Test
  void triesAtGrowingIntervals() {
    Pace pace = Pace.usual();
    List<Long> seconds = new ArrayList<>();
    for (int attempt = 0; attempt < 8; attempt++) {
      seconds.add(pace.before(attempt).toSeconds());
    }
    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L), seconds);
    assertEquals(Duration.ofSeconds(30), pace.before(1_000_000));
  }
}
