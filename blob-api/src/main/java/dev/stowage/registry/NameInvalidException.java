package dev.stowage.registry;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The text is not a repository name. */
public final class NameInvalidException extends StowageException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTED = 300;

  private final String name;

  /**
   * A refusal of a name.
   *
   * @param name what was given
   * @param reason what is wrong with it
   */
  public NameInvalidException(String name, String reason) {
    super(ErrorKind.NAME_INVALID, "not a repository name: \"" + cut(name) + "\"; " + reason);
    this.name = cut(name);
  }

  /** What was given, cut where it is very long. */
  public String name() {
    return name;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…";
  }
}
