package dev.stowage.app.property;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Steps in their order. As text, each has a line; what begins with # and an empty line is none. */
record Sequence(List<Step> steps) {
  Sequence {
    steps = List.copyOf(steps);
  }

  static Sequence parse(String text) {
    return new Sequence(
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(Step::parse)
            .toList());
  }

  int length() {
    return steps.size();
  }

  /** This without some steps. */
  Sequence without(int from, int to) {
    List<Step> rest = new ArrayList<>(steps.subList(0, from));
    rest.addAll(steps.subList(to, steps.size()));
    return new Sequence(rest);
  }

  /** This with another step in the place of one. */
  Sequence with(int index, Step step) {
    List<Step> changed = new ArrayList<>(steps);
    changed.set(index, step);
    return new Sequence(changed);
  }

  @Override
  public String toString() {
    return steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
  }
}
