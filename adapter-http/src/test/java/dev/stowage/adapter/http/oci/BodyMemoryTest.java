package dev.stowage.adapter.http.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.adapter.http.error.HttpRefusal;
import org.junit.jupiter.api.Test;

class BodyMemoryTest {
  private static final int MOST = 200_000;

  private final BodyMemory memory = new BodyMemory(MOST);

  @Test
  void isFreeForSmallBodiesAndRefusedToLargeOnesWhenItIsTaken() {
    try (BodyMemory.Held large = memory.hold();
        BodyMemory.Held other = memory.hold()) {
      large.growTo(MOST);
      other.growTo(BodyMemory.FREE);
      HttpRefusal refusal =
          assertThrows(HttpRefusal.class, () -> other.growTo(BodyMemory.FREE + 1));
      assertEquals(503, refusal.answer().status());
    }
  }

  @Test
  void isGivenBackWhole() {
    for (int i = 0; i < 3; i++) {
      try (BodyMemory.Held held = memory.hold()) {
        held.growTo(MOST / 2);
        held.growTo(MOST);
        assertThrows(HttpRefusal.class, () -> held.growTo(MOST + 1));
      }
    }
  }
}
