package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.error.HttpRefusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.io.content.ChunksContentSource;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final BodyMemory memory = new BodyMemory(1_000_000);
  private final AsyncContent source = new AsyncContent();
  private final RequestBody body = new RequestBody(source, new RateFloor(0, GRACE));

  @Test
  void givesWhatHasArrivedAcrossChunks() throws IOException {
    write("ab");
    write("cde");
    end();
    ByteBuffer target = ByteBuffer.allocate(10);
    assertEquals(5, body.read(target));
    assertEquals("abcde", text(target.flip()));
    assertEquals(-1, body.read(target.clear()));
    assertEquals(-1, body.read(target.clear()));
  }

  @Test
  void keepsTheRestOfAChunk() throws IOException {
    write("abcde");
    end();
    ByteBuffer target = ByteBuffer.allocate(2);
    assertEquals(2, body.read(target));
    assertEquals("ab", text(target.flip()));
    assertEquals(0, body.read(ByteBuffer.allocate(0)));
    assertEquals(2, body.read(target.clear()));
    assertEquals("cd", text(target.flip()));
    assertEquals(1, body.read(target.clear()));
    assertEquals(-1, body.read(target.clear()));
  }

  @Test
  void doesNotWaitForMoreThanSomething() throws IOException {
    write("ab");
    assertEquals(2, body.read(ByteBuffer.allocate(10)));
  }

  @Test
  void waitsForBytes() throws IOException {
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write("late"));
    ByteBuffer target = ByteBuffer.allocate(10);
    assertEquals(4, body.read(target));
    assertEquals("late", text(target.flip()));
    writer.join();
  }

  @Test
  void waitsForTheEnd() throws IOException {
    CompletableFuture<Void> writer = CompletableFuture.runAsync(this::end);
    assertEquals(-1, body.read(ByteBuffer.allocate(10)));
    writer.join();
  }

  @Test
  void failsWithWhatFailedTheSource() {
    EOFException gone = new EOFException("gone");
    source.fail(gone);
    BodyFailedException failure =
        assertThrows(BodyFailedException.class, () -> body.read(ByteBuffer.allocate(10)));
    assertSame(gone, failure.getCause());
    assertTrue(body.isFailed());
  }

  @Test
  void givesWhatCameBeforeAFailureFirst() throws IOException {
    Content.Source failing =
        new ChunksContentSource(
            List.of(
                Content.Chunk.from(ByteBuffer.wrap(new byte[2]), false),
                Content.Chunk.from(new EOFException("gone"), true)));
    RequestBody broken = new RequestBody(failing, new RateFloor(0, GRACE));
    ByteBuffer target = ByteBuffer.allocate(10);
    assertEquals(2, broken.read(target));
    assertThrows(BodyFailedException.class, () -> broken.read(target));
    assertThrows(BodyFailedException.class, () -> broken.read(target));
  }

  @Test
  void givesUpAClientThatIsTooSlow() {
    RateFloor floor = new RateFloor(1000, GRACE);
    floor.waited(TimeUnit.MINUTES.toNanos(1));
    RequestBody slow = new RequestBody(new NothingYet(), floor);
    BodyFailedException failure =
        assertThrows(BodyFailedException.class, () -> slow.read(ByteBuffer.allocate(10)));
    assertEquals(408, failure.status());
    assertTrue(slow.isFailed());
  }

  /** A source that wakes whoever waits for it, and has nothing. */
  private static final class NothingYet implements Content.Source {
    @Override
    public Content.@Nullable Chunk read() {
      return null;
    }

    @Override
    public void demand(Runnable demandCallback) {
      demandCallback.run();
    }

    @Override
    public void fail(Throwable failure) {}
  }

  @Test
  void stopsWaitingWhenInterrupted() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedIOException.class, () -> body.read(ByteBuffer.allocate(10)));
    assertTrue(Thread.interrupted());
    assertTrue(body.isFailed());
  }

  @Test
  void readsAWholeBodyOfAnyAnnouncement() throws IOException {
    for (long announced : new long[] {-1, 5, 0, 100}) {
      AsyncContent content = new AsyncContent();
      Content.Sink.write(content, true, "abcde", Callback.NOOP);
      RequestBody whole = new RequestBody(content, new RateFloor(0, GRACE));
      if (announced == 0) {
        assertEquals("", text(whole.readUpTo(announced, 100, memory.hold())));
      } else {
        assertEquals("abcde", text(whole.readUpTo(announced, 100, memory.hold())));
      }
    }
  }

  @Test
  void growsWithABodyOfUnknownLength() throws IOException {
    write("x".repeat(100_000));
    end();
    assertEquals(100_000, body.readUpTo(-1, 200_000, memory.hold()).remaining());
  }

  @Test
  void stopsOneByteBehindTheLimit() throws IOException {
    write("x".repeat(100_000));
    end();
    assertEquals(20_001, body.readUpTo(-1, 20_000, memory.hold()).remaining());
  }

  @Test
  void takesABodyOfExactlyTheLimit() throws IOException {
    write("x".repeat(20_000));
    end();
    assertEquals(20_000, body.readUpTo(-1, 20_000, memory.hold()).remaining());
  }

  @Test
  void growsOnlyAsFarAsThereIsMemory() throws IOException {
    write("x".repeat(300_000));
    end();
    BodyMemory little = new BodyMemory(200_000);
    try (BodyMemory.Held held = little.hold()) {
      HttpRefusal refusal =
          assertThrows(HttpRefusal.class, () -> body.readUpTo(-1, 1_000_000, held));
      assertEquals(503, refusal.answer().status());
    }
    try (BodyMemory.Held held = little.hold()) {
      held.growTo(200_000);
      try (BodyMemory.Held small = little.hold()) {
        small.growTo(BodyMemory.FREE);
        assertThrows(HttpRefusal.class, () -> small.growTo(BodyMemory.FREE + 1));
      }
    }
    try (BodyMemory.Held held = little.hold()) {
      held.growTo(100_000);
      held.growTo(200_000);
    }
  }

  @Test
  void takesNoMemoryForWhatIsOnlyAnnounced() throws IOException {
    end();
    try (BodyMemory.Held none = new BodyMemory(0).hold()) {
      assertEquals(0, body.readUpTo(1_000_000, 2_000_000, none).remaining());
    }
  }

  @Test
  void discardsNoMoreThanItIsTold() throws IOException {
    write("x".repeat(100_000));
    body.discardUpTo(50_000);
    ByteBuffer rest = ByteBuffer.allocate(100_000);
    assertTrue(body.read(rest) >= 100_000 - 50_000 - 8192);
  }

  @Test
  void givesEveryChunkBack() throws IOException {
    AtomicInteger held = new AtomicInteger(2);
    source.write(true, ByteBuffer.wrap(new byte[10]), Callback.from(held::decrementAndGet));
    body.read(ByteBuffer.allocate(5));
    assertEquals(2, held.get());
    body.close();
    assertEquals(1, held.get());
    assertFalse(body.isOpen());
    assertThrows(ClosedChannelException.class, () -> body.read(ByteBuffer.allocate(1)));
  }

  private void write(String text) {
    source.write(false, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), Callback.NOOP);
  }

  private void end() {
    source.close();
  }

  private static String text(ByteBuffer bytes) {
    return StandardCharsets.UTF_8.decode(bytes).toString();
  }
}
