package dev.stowage.core;

import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static dev.stowage.core.Bench.sha512;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.FaultyBlobData.Operation;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may touch an upload, what it keeps open, and what an interrupt does to it. */
class UploadSessionsTest {
  private final Bench bench = Bench.open();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  UploadSessionsTest() throws IOException {}

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    Thread.interrupted();
    threads.shutdownNow();
    bench.close();
  }

  // Taking over

  @Test
  void aWriteUnderWayEndsBeforeTheUploadIsTakenOverAndNoOtherFollows() throws Exception {
    BlobWriter older = bench.blobs().create();
    Gate gate = new Gate();
    bench.bytes.failWhen(
        call -> gate.pass(call.operation() == Operation.STAGING_WRITE && call.number() == 1000));
    Future<Integer> writing = threads.submit(() -> writeUntilTakenOver(older));
    gate.awaitArrival();
    Waiting<BlobWriter> taking = new Waiting<>(() -> bench.blobs().resume(older.id()));
    taking.awaitBlocked();
    gate.open();
    assertEquals(1000, writing.get());
    try (BlobWriter newer = taking.get()) {
      assertEquals(1000, newer.size());
      newer.write(content("end"));
      newer.commit(claim("x".repeat(1000) + "end"));
    }
  }

  private static int writeUntilTakenOver(BlobWriter writer) throws IOException {
    int writes = 0;
    try {
      while (true) {
        writer.write(content("x"));
        writes++;
      }
    } catch (UploadTakenOverException e) {
      return writes;
    }
  }

  @Test
  void aCommitUnderWayIsWaitedForAndThenTheUploadIsUnknown() throws Exception {
    BlobWriter older = bench.written("content");
    Gate gate = new Gate();
    bench.bytes.failWhen(call -> gate.pass(call.operation() == Operation.PLACE_BEFORE_EFFECT));
    Future<Descriptor> committing = threads.submit(() -> older.commit(claim("content")));
    gate.awaitArrival();
    Waiting<BlobWriter> taking = new Waiting<>(() -> bench.blobs().resume(older.id()));
    taking.awaitBlocked();
    gate.open();
    assertEquals(digest("content"), committing.get().digest());
    ExecutionException failure = assertThrows(ExecutionException.class, taking::get);
    assertInstanceOf(UploadUnknownException.class, failure.getCause());
  }

  @Test
  void aCommitThatIsRefusedLeavesTheUploadToWhoeverWaited() throws Exception {
    BlobWriter older = bench.written("content");
    Gate gate = new Gate();
    bench.bytes.failWhen(call -> gate.pass(call.operation() == Operation.STAGING_READ));
    Future<?> committing =
        threads.submit(() -> older.commit(Provisional.of(sha512("something else"))));
    gate.awaitArrival();
    Waiting<BlobWriter> taking = new Waiting<>(() -> bench.blobs().resume(older.id()));
    taking.awaitBlocked();
    gate.open();
    assertThrows(ExecutionException.class, committing::get);
    try (BlobWriter newer = taking.get()) {
      newer.commit(claim("content"));
    }
    older.close();
  }

  // Interrupts

  @Test
  void anInterruptEndsTheWaitBehindACommitAndNotTheCommit() throws Exception {
    BlobWriter older = bench.written("content");
    Gate gate = new Gate();
    bench.bytes.failWhen(call -> gate.pass(call.operation() == Operation.PLACE_BEFORE_EFFECT));
    Future<Descriptor> committing = threads.submit(() -> older.commit(claim("content")));
    gate.awaitArrival();
    Waiting<BlobWriter> taking = new Waiting<>(() -> bench.blobs().resume(older.id()));
    taking.awaitBlocked();
    taking.interrupt();
    ExecutionException failure = assertThrows(ExecutionException.class, taking::get);
    assertInstanceOf(InterruptedIOException.class, failure.getCause());
    gate.open();
    assertEquals(digest("content"), committing.get().digest());
  }

  @Test
  void anInterruptedResumeLosesNeitherTheUploadNorItsChannel() throws IOException {
    BlobWriter first = bench.written("content");
    first.close();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> bench.blobs().resume(first.id()));
    assertTrue(Thread.interrupted());
    bench.registry.close();
    bench.tracked.assertNothingOpen();
    bench.kill();
    try (BlobWriter second = bench.blobs().resume(first.id())) {
      second.commit(claim("content"));
    }
  }

  @Test
  void aCreationInAnInterruptedThreadLeavesNothingBehind() throws IOException {
    Thread.currentThread().interrupt();
    BlobWriter writer = bench.blobs().create();
    assertTrue(Thread.interrupted());
    writer.cancel();
    bench.assertNoUploads();
  }

  // Channels

  @Test
  void anIdleUploadBeyondTheLimitGivesUpItsChannelAndKeepsItsDigests() throws IOException {
    Bench small = new Bench(CoreOptions.defaults().withIdleUploads(2));
    UploadId[] ids = new UploadId[5];
    for (int i = 0; i < ids.length; i++) {
      try (BlobWriter writer = small.written("begin " + i)) {
        ids[i] = writer.id();
      }
    }
    assertEquals(2, small.tracked.openStagings());
    for (int i = 0; i < ids.length; i++) {
      try (BlobWriter writer = small.blobs().resume(ids[i])) {
        assertEquals(7, writer.size());
        writer.write(content(" end"));
        writer.commit(claim("begin " + i + " end"));
      }
    }
    assertEquals(0, small.bytes.count(Operation.STAGING_READ), "nothing was digested twice");
    small.close();
  }

  @Test
  void anIdleUploadWithoutBytesKeepsTheAlgorithmThatItWasBegunWith() throws IOException {
    Bench small = new Bench(CoreOptions.defaults().withIdleUploads(0));
    BlobWriter first = small.blobs().create(DigestAlgorithm.SHA512);
    first.close();
    assertEquals(0, small.tracked.openStagings());
    try (BlobWriter second = small.blobs().resume(first.id())) {
      second.write(content("content"));
      second.commit(Provisional.of(sha512("content")));
    }
    assertEquals(0, small.bytes.count(Operation.STAGING_READ), "nothing was digested twice");
    small.close();
  }

  @Test
  void anAlgorithmNamedAtTheCommitIsDigestedFromTheStagedBytes() throws IOException {
    try (BlobWriter writer = bench.written("content")) {
      writer.commit(Provisional.of(sha512("content")));
    }
    assertTrue(bench.bytes.count(Operation.STAGING_READ) > 0);
  }

  @Test
  void aChannelThatFailsWhenItIsGivenUpLosesItsUploadAndNoOther() throws IOException {
    Bench small = new Bench(CoreOptions.defaults().withIdleUploads(0));
    small.bytes.failNth(Operation.STAGING_CLOSE, 1);
    BlobWriter lost = small.written("lost");
    lost.close();
    BlobWriter kept = small.written("kept");
    kept.close();
    assertThrows(UploadUnknownException.class, () -> small.blobs().resume(lost.id()));
    try (BlobWriter writer = small.blobs().resume(kept.id())) {
      writer.commit(claim("kept"));
    }
    small.assertNoUploads();
    small.close();
  }

  @Test
  void anUploadWhoseBytesCannotBeOpenedForAWhileCanBeResumedLater() throws IOException {
    BlobWriter first = bench.written("content");
    bench.kill();
    bench.bytes.failNth(Operation.REOPEN, 1);
    assertThrows(IOException.class, () -> bench.blobs().resume(first.id()));
    bench.bytes.failNth(Operation.STAGING_READ, 1);
    assertThrows(IOException.class, () -> bench.blobs().resume(first.id()));
    assertEquals(0, bench.tracked.openStagings());
    try (BlobWriter second = bench.blobs().resume(first.id())) {
      assertEquals(7, second.size());
      second.commit(claim("content"));
    }
  }

  // Closing

  @Test
  void closingGivesUpTheFilesOfWritersThatAreStillOpen() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.registry.close();
    bench.tracked.assertNothingOpen();
    assertThrows(IOException.class, () -> writer.write(content("late")));
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertThrows(IOException.class, () -> bench.blobs().create());
    assertThrows(IOException.class, () -> bench.blobs().resume(writer.id()));
    writer.close();
    assertFalse(writer.isOpen());
    bench.kill();
    try (BlobWriter next = bench.blobs().resume(writer.id())) {
      assertEquals(7, next.size());
      next.commit(claim("content"));
    }
  }

  @Test
  void closingCutsBackAnUnfinishedChunk() throws IOException {
    BlobWriter writer = bench.written("whole");
    IOException failure =
        assertThrows(
            IOException.class,
            () -> writer.transferFrom(new TextChannel("part", "ly", bench.registry::close), 5, 6));
    assertEquals("the store is closed", failure.getMessage());
    bench.tracked.assertNothingOpen();
    bench.kill();
    try (BlobWriter next = bench.blobs().resume(writer.id())) {
      assertEquals(5, next.size());
      next.commit(claim("whole"));
    }
  }

  // What the tests are made of

  /** A place where the first one who passes waits until it is opened. */
  private static final class Gate {
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Waits if this is what the gate is for; nothing ever fails. */
    boolean pass(boolean concerned) {
      if (concerned) {
        arrived.countDown();
        try {
          opened.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return false;
    }

    void awaitArrival() throws InterruptedException {
      arrived.await();
    }

    void open() {
      opened.countDown();
    }
  }

  /** A call in a thread of its own, which can be seen to wait. */
  private static final class Waiting<T> {
    private final FutureTask<T> result;
    private final Thread thread;

    Waiting(Callable<T> call) {
      result = new FutureTask<>(call);
      thread = new Thread(result, "waiting");
      thread.start();
    }

    void awaitBlocked() {
      while (thread.getState() != Thread.State.WAITING) {
        assertFalse(result.isDone(), "it did not wait");
        Thread.onSpinWait();
      }
    }

    void interrupt() {
      thread.interrupt();
    }

    T get() throws InterruptedException, ExecutionException {
      return result.get();
    }
  }
}
