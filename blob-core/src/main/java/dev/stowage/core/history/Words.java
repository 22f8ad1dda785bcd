package dev.stowage.core.history;

import java.time.Duration;

/** Times for people. */
final class Words {
  private Words() {}

  /** A time in its two largest units; one that is over is none. */
  static String of(Duration time) {
    if (time.isNegative() || time.toSeconds() == 0) {
      return "0s";
    }
    long[] parts = {time.toDays(), time.toHoursPart(), time.toMinutesPart(), time.toSecondsPart()};
    String units = "dhms";
    StringBuilder words = new StringBuilder();
    int first = 0;
    while (parts[first] == 0) {
      first++;
    }
    for (int i = first; i < Math.min(first + 2, parts.length); i++) {
      if (parts[i] > 0) {
        words.append(words.isEmpty() ? "" : " ").append(parts[i]).append(units.charAt(i));
      }
    }
    return words.toString();
  }
}
