package dev.stowage.app.property;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Something that holds after every sequence of steps.
 *
 * <p>The system properties {@code stowage.property.seed} and {@code stowage.property.factor} give
 * other sequences, and more of them.
 *
 * @param name where sequences that failed once are kept: {@code property/<name>} in the test
 *     resources
 * @param where over what it is tried
 * @param steps makes a random step
 * @param longest the most steps of a sequence
 * @param trial runs a sequence, and throws when something does not hold
 */
record Property(String name, String where, Function<Random, Step> steps, int longest, Trial trial) {
  private static final long SEED = Long.getLong("stowage.property.seed", 20_260_101);
  private static final int FACTOR = Integer.getInteger("stowage.property.factor", 1);
  private static final int MOST_SHRINKING = 2_000;

  @FunctionalInterface
  interface Trial {
    void run(Sequence sequence) throws Exception;
  }

  /** Tries random sequences, and fails with a short one if any fails. */
  void holds(int sequences) {
    int tried = 0;
    long steps = 0;
    for (; tried < sequences * FACTOR; tried++) {
      Sequence sequence = random(new Random(SEED + tried * 7_919L));
      steps += sequence.length();
      if (outcome(sequence) instanceof Failed failed) {
        throw shrunk(sequence, SEED + tried * 7_919L, failed);
      }
    }
    System.out.printf(
        "%s %s: %d sequences of %d steps held, seed %d%n", name, where, tried, steps, SEED);
  }

  /** Tries one sequence. */
  void holdsFor(Sequence sequence) {
    if (outcome(sequence) instanceof Failed failed) {
      throw failure(sequence, "the kept sequence", failed);
    }
  }

  private Sequence random(Random random) {
    int length = 1 + random.nextInt(longest);
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      all.add(steps.apply(random));
    }
    return new Sequence(all);
  }

  private sealed interface Outcome permits Held, Failed {}

  private record Held() implements Outcome {}

  private record Failed(Throwable cause) implements Outcome {}

  private Outcome outcome(Sequence sequence) {
    try {
      trial.run(sequence);
      return new Held();
    } catch (Exception | AssertionError e) {
      return new Failed(e);
    }
  }

  private AssertionError shrunk(Sequence sequence, long seed, Failed first) {
    Sequence small =
        new Shrinker(candidate -> outcome(candidate) instanceof Failed, MOST_SHRINKING)
            .shrink(sequence);
    return outcome(small) instanceof Failed failed
        ? failure(small, "seed " + seed, failed)
        : failure(sequence, "seed " + seed + ", but not every time", first);
  }

  private AssertionError failure(Sequence sequence, String origin, Failed failed) {
    return new AssertionError(
        "%s %s do not hold (%s): %s%nto be kept in src/test/resources/property/%s:%n%s%n"
            .formatted(name, where, origin, failed.cause(), name, sequence),
        failed.cause());
  }
}
