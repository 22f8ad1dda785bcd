package dev.stowage.adapter.http.route;

import dev.stowage.adapter.http.error.HttpRefusal;

/** Paths as they stand in a request line (RFC 3986, section 3.3). */
final class PathText {
  /** Besides letters and digits: what a digest or a tag may hold and a client may encode. */
  private static final String MAY_BE_ENCODED = ":_-=+";

  private PathText() {}

  /**
   * Decodes what may be encoded. Everything else that is encoded, such as a slash or a dot, would
   * make one path look like another, and is refused.
   */
  static String decode(String raw) {
    if (raw.indexOf(';') >= 0) {
      throw HttpRefusal.malformed("paths have no parameters here");
    }
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        c = encoded(raw, i);
        i += 2;
      }
      text.append(c);
    }
    return text.toString();
  }

  private static char encoded(String raw, int at) {
    if (at + 2 < raw.length()) {
      int high = Character.digit(raw.charAt(at + 1), 16);
      int low = Character.digit(raw.charAt(at + 2), 16);
      char c = (char) (high * 16 + low);
      if (high >= 0 && low >= 0 && (isAlphanumeric(c) || MAY_BE_ENCODED.indexOf(c) >= 0)) {
        return c;
      }
    }
    throw HttpRefusal.malformed("the path has an encoded character that no name may have");
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
