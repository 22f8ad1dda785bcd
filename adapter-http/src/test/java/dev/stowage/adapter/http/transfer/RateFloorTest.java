package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateFloorTest {
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final RateFloor floor = new RateFloor(1000, GRACE);

  @Test
  void givesAGrace() {
    floor.waited(TimeUnit.SECONDS.toNanos(15));
    assertFalse(floor.isBroken());
    floor.waited(1);
    assertTrue(floor.isBroken());
  }

  @Test
  void allowsTimeForEveryByte() {
    floor.moved(60_000);
    floor.waited(TimeUnit.SECONDS.toNanos(75));
    assertFalse(floor.isBroken());
    floor.waited(1);
    assertTrue(floor.isBroken());
  }

  @Test
  void breaksForAByteASecond() {
    for (int second = 0; second < 20; second++) {
      floor.moved(1);
      floor.waited(TimeUnit.SECONDS.toNanos(1));
    }
    assertTrue(floor.isBroken());
  }

  @Test
  void tellsHowLongMoreBytesMayTake() {
    floor.moved(5000);
    floor.waited(TimeUnit.SECONDS.toNanos(3));
    assertEquals(TimeUnit.SECONDS.toNanos(17), floor.nanosLeft());
    floor.waited(TimeUnit.SECONDS.toNanos(100));
    assertEquals(0, floor.nanosLeft());
  }

  @Test
  void letsEverybodyPassWhereThereIsNoRate() {
    RateFloor none = new RateFloor(0, GRACE);
    none.waited(Long.MAX_VALUE);
    assertFalse(none.isBroken());
    assertEquals(Long.MAX_VALUE, none.nanosLeft());
  }
}
