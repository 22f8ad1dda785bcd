package dev.stowage.adapter.http.fuzz;

import java.nio.charset.StandardCharsets;

/** Readings of an input. */
public final class FuzzInput {
  private FuzzInput() {}

  /** The input as text. Bytes that are no UTF-8 are replaced. */
  public static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** Fails unless something holds. */
  public static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** The first line of a text, without its end. */
  public static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  /** What stands behind the first line. */
  public static String rest(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? "" : text.substring(end + 1);
  }
}
