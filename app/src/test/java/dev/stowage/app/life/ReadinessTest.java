package dev.stowage.app.life;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  @Test
  void tellsWhatEveryPartSays() {
    Readiness readiness = new Readiness();
    assertEquals(List.of(), readiness.get());
    readiness.add(List::of);
    readiness.add(() -> List.of("one", "two"));
    readiness.add(() -> List.of("three"));
    assertEquals(List.of("one", "two", "three"), readiness.get());
  }
}
