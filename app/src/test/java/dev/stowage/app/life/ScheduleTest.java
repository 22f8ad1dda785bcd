package dev.stowage.app.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Doing something again and again, until it is enough. */
@Timeout(60)
class ScheduleTest {
  @Test
  void doesItAgainAlsoAfterAFailure() throws InterruptedException {
    CountDownLatch three = new CountDownLatch(3);
    Schedule schedule =
        Schedule.begin(
            "test",
            Duration.ofMillis(1),
            () -> {
              three.countDown();
              throw new IOException("as a test wants it");
            });
    three.await();
    schedule.close();
  }

  @Test
  void closingWaitsForWhatIsBeingDoneAndInterruptsNothing() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Schedule schedule =
        Schedule.begin(
            "test",
            Duration.ofNanos(1),
            () -> {
              begun.countDown();
              finish.await();
              runs.incrementAndGet();
            });
    begun.await();
    Thread closing = new Thread(schedule::close, "closing");
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(0, runs.get());
    finish.countDown();
    closing.join();
    assertEquals(1, runs.get());
  }

  @Test
  void closingDoesNotWaitForTheNextTime() {
    AtomicInteger runs = new AtomicInteger();
    Schedule schedule = Schedule.begin("test", Duration.ofDays(100), runs::incrementAndGet);
    schedule.close();
    schedule.close();
    assertEquals(0, runs.get());
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void refusesAnIntervalOfNothing() {
    assertThrows(
        IllegalArgumentException.class, () -> Schedule.begin("test", Duration.ZERO, () -> {}));
  }
}
