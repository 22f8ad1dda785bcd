package dev.stowage.app.property;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One step of a sequence. Every number means something to every step, and one that is not given is
 * 0, so that whatever is taken out of a sequence leaves a sequence.
 *
 * @param verb what is done
 * @param numbers to what, and how; not negative
 */
record Step(String verb, List<Integer> numbers) {
  Step {
    numbers = List.copyOf(numbers);
  }

  static Step of(String verb, Integer... numbers) {
    return new Step(verb, Arrays.asList(numbers));
  }

  /** Reads a step as {@link #toString} writes it. */
  static Step parse(String line) {
    List<String> words = List.of(line.strip().split(" +"));
    return new Step(words.get(0), words.stream().skip(1).map(Integer::valueOf).toList());
  }

  int number(int index) {
    return index < numbers.size() ? numbers.get(index) : 0;
  }

  /** One of some things. */
  <T> T one(int index, List<T> things) {
    return things.get(number(index) % things.size());
  }

  /** The steps that do the same with one smaller number. */
  List<Step> smaller() {
    List<Step> all = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      int number = numbers.get(i);
      for (int less : new int[] {0, number / 2, number - 1}) {
        if (less >= 0 && less < number) {
          List<Integer> changed = new ArrayList<>(numbers);
          changed.set(i, less);
          all.add(new Step(verb, changed));
        }
      }
    }
    return all;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(verb);
    numbers.forEach(number -> text.append(' ').append(number));
    return text.toString();
  }
}
