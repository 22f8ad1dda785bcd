package dev.stowage.app.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
  @Test
  void leavesTheStepsAndNumbersThatTheFailureNeeds() {
    Sequence failing =
        Sequence.parse("a 1\nb 90 7\nc\nd 5 5 5\na 1\nb 3\ne 1000\nf 1 2 3\na 2\nb 17");
    Shrinker shrinker = new Shrinker(ShrinkerTest::hasBigBBeforeBigE, 1_000);

    assertEquals("b 10 0\ne 100", shrinker.shrink(failing).toString());
  }

  @Test
  void endsAfterAsManyTrialsAsItMayMake() {
    int[] trials = {0};
    Shrinker shrinker =
        new Shrinker(
            candidate -> {
              trials[0]++;
              return trials[0] % 2 == 0;
            },
            50);

    shrinker.shrink(Sequence.parse("a 1000 1000 1000\n".repeat(40)));

    assertTrue(trials[0] <= 50);
  }

  @Test
  void printsAFailureAsTextThatFailsAgain() {
    Property property =
        new Property(
            "some", "here", random -> Step.of("b", random.nextInt(100)), 20, ShrinkerTest::run);

    AssertionError error = assertThrows(AssertionError.class, () -> property.holds(50));

    String message = String.valueOf(error.getMessage());
    String text = message.substring(message.indexOf("property/some:") + 14);
    assertEquals("b 10", text.strip());
    assertThrows(AssertionError.class, () -> property.holdsFor(Sequence.parse(text)));
  }

  @Test
  void readsWhatItWrites() {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      Step step = UploadTrial.step(random);
      assertEquals(step, Step.parse(step.toString()));
    }
  }

  private static void run(Sequence sequence) {
    if (sequence.steps().stream().anyMatch(step -> step.number(0) >= 10)) {
      throw new IllegalStateException("too big");
    }
  }

  private static boolean hasBigBBeforeBigE(Sequence sequence) {
    boolean b = false;
    for (Step step : sequence.steps()) {
      b |= step.verb().equals("b") && step.number(0) >= 10;
      if (b && step.verb().equals("e") && step.number(0) >= 100) {
        return true;
      }
    }
    return false;
  }
}
