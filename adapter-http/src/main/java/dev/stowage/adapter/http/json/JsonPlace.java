package dev.stowage.adapter.http.json;

import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.TokenStreamLocation;

/** Says where in a document something is, in words that are short and harmless to repeat. */
final class JsonPlace {
  private static final int LONGEST_QUOTED = 60;
  private static final int LONGEST_PATH = 200;

  private JsonPlace() {}

  /** The path of the current value, such as {@code layers[3].size}. */
  static String of(TokenStreamContext context) {
    StringBuilder path = new StringBuilder();
    append(path, context);
    if (path.isEmpty()) {
      return "the document";
    }
    return path.length() <= LONGEST_PATH ? path.toString() : path.substring(0, LONGEST_PATH) + "…";
  }

  /** Where the text is wrong. */
  static String at(TokenStreamLocation location) {
    return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  /** Text of the document: cut, and without what a log or a terminal would obey. */
  static String quote(String text) {
    return "\"" + harmless(text) + "\"";
  }

  private static void append(StringBuilder path, TokenStreamContext context) {
    if (context.inRoot()) {
      return;
    }
    append(path, context.getParent());
    if (context.inObject() && context.hasCurrentName()) {
      path.append(path.isEmpty() ? "" : ".").append(harmless(context.currentName()));
    } else if (context.inArray() && context.hasCurrentIndex()) {
      path.append('[').append(context.getCurrentIndex()).append(']');
    }
  }

  private static String harmless(String text) {
    StringBuilder safe = new StringBuilder();
    for (int i = 0; i < Math.min(text.length(), LONGEST_QUOTED); i++) {
      char c = text.charAt(i);
      safe.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return text.length() <= LONGEST_QUOTED ? safe.toString() : safe.append('…').toString();
  }
}
