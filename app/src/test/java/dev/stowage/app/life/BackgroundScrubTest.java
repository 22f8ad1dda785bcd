package dev.stowage.app.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackgroundScrubTest {
  private static final Duration NONE = Duration.ZERO;
  private static final ScrubReport CLEAN =
      new ScrubReport(0, 0, 0, List.of(), List.of(), List.of(), List.of(), List.of(), 0);

  private final BlockingQueue<ScrubOptions> rounds = new LinkedBlockingQueue<>();

  @Test
  void goesRoundAndRoundAtItsRate() throws Exception {
    BackgroundScrub scrub =
        BackgroundScrub.start(
            (options, progress) -> {
              rounds.add(options);
              if (rounds.size() % 2 == 0) {
                throw new IOException("a round that fails is not the last");
              }
              return CLEAN;
            },
            77,
            NONE,
            NONE);
    for (int i = 0; i < 4; i++) {
      assertEquals(new ScrubOptions(false, OptionalLong.of(77)), rounds.poll(60, TimeUnit.SECONDS));
    }
    scrub.close();
    rounds.clear();
    assertEquals(0, rounds.size());
  }

  @Test
  void doesNothingAtARateOfZero() throws Exception {
    BackgroundScrub scrub =
        BackgroundScrub.start(
            (options, progress) -> {
              rounds.add(options);
              return CLEAN;
            },
            0,
            NONE,
            NONE);
    scrub.close();
    assertEquals(0, rounds.size());
  }

  @Test
  void endsTheRoundThatRunsWhenItIsClosed() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    BackgroundScrub scrub =
        BackgroundScrub.start(
            (options, progress) -> {
              begun.countDown();
              assertThrows(InterruptedException.class, () -> new CountDownLatch(1).await());
              Thread.currentThread().interrupt();
              ended.countDown();
              throw new InterruptedIOException();
            },
            1,
            NONE,
            NONE);
    begun.await();
    scrub.close();
    assertEquals(0, ended.getCount());
  }
}
