package dev.stowage.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Tries every order of choices, each from the beginning: the deepest one that is left goes first.
 */
final class Explorer {
  private Explorer() {}

  /** One trial, which asks for each of its choices. */
  interface Trial {
    void run(IntUnaryOperator choose) throws Exception;
  }

  private record Choice(int taken, int of) {}

  /** Runs a trial in all orders, and says how many those were. */
  static int all(Trial trial) {
    List<Choice> next = List.of();
    int count = 0;
    do {
      next = run(trial, next);
      count++;
    } while (!next.isEmpty());
    return count;
  }

  /** Runs a trial in one order, and gives the beginning of the next one. */
  private static List<Choice> run(Trial trial, List<Choice> prefix) {
    List<Choice> taken = new ArrayList<>();
    try {
      trial.run(
          of -> {
            int at = taken.size();
            int choice = at < prefix.size() ? prefix.get(at).taken() : 0;
            if (at < prefix.size() && prefix.get(at).of() != of) {
              throw new IllegalStateException("a trial that is repeated is the same");
            }
            taken.add(new Choice(choice, of));
            return choice;
          });
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "in the order " + taken.stream().map(Choice::taken).toList() + ": " + e.getMessage(), e);
    }
    int last = taken.size() - 1;
    while (last >= 0 && taken.get(last).taken() + 1 == taken.get(last).of()) {
      last--;
    }
    if (last < 0) {
      return List.of();
    }
    List<Choice> next = new ArrayList<>(taken.subList(0, last));
    next.add(new Choice(taken.get(last).taken() + 1, taken.get(last).of()));
    return next;
  }
}
