package dev.stowage.app.property;

import java.util.function.Predicate;

/**
 * Makes a sequence that fails smaller, as long as it fails: steps are taken out, many at a time and
 * then one by one, and numbers are halved.
 *
 * @param fails whether a sequence fails
 * @param most how many sequences are tried
 */
record Shrinker(Predicate<Sequence> fails, int most) {
  Sequence shrink(Sequence failing) {
    Search search = new Search(failing);
    boolean shrunk = true;
    while (shrunk) {
      shrunk = search.removeSteps();
      // What a smaller number allows to be removed is removed in the next round.
      shrunk |= search.reduceNumbers();
    }
    return search.best;
  }

  private final class Search {
    private Sequence best;
    private int tried;

    Search(Sequence failing) {
      this.best = failing;
    }

    boolean removeSteps() {
      boolean shrunk = false;
      for (int width = Math.max(1, best.length() / 2); width >= 1; width /= 2) {
        for (int from = best.length() - width; from >= 0; from -= width) {
          if (from + width <= best.length()) {
            shrunk |= accept(best.without(from, from + width));
          }
        }
      }
      return shrunk;
    }

    boolean reduceNumbers() {
      boolean shrunk = false;
      for (int i = 0; i < best.length(); i++) {
        boolean again = true;
        while (again) {
          again = reduce(i);
          shrunk |= again;
        }
      }
      return shrunk;
    }

    private boolean reduce(int index) {
      for (Step step : best.steps().get(index).smaller()) {
        if (accept(best.with(index, step))) {
          return true;
        }
      }
      return false;
    }

    private boolean accept(Sequence candidate) {
      if (tried == most) {
        return false;
      }
      tried++;
      if (!fails.test(candidate)) {
        return false;
      }
      best = candidate;
      return true;
    }
  }
}
