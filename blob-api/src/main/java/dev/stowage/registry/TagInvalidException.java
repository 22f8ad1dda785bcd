package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The text is not a tag. */
public final class TagInvalidException extends StowageException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTED = 200;

  private final String tag;

  TagInvalidException(String tag) {
    super(
        ErrorKind.TAG_INVALID,
        "not a tag: \""
            + cut(tag)
            + "\"; expected 1 to 128 letters, digits, _ . and -, of which . and - do not come"
            + " first");
    this.tag = cut(tag);
  }

  /** What was given, cut where it is very long. */
  public String tag() {
    return tag;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…";
  }
}
