package dev.stowage.maintenance;

import dev.stowage.registry.RepositoryName;
import java.util.regex.Pattern;

/**
 * Names some repositories: a name in which {@code *} stands for any characters, slashes included.
 *
 * @param value the pattern as it was written
 */
public record RepositoryPattern(String value) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9._/*-]+");

  /** All repositories. */
  public static final RepositoryPattern ALL = new RepositoryPattern("*");

  /** Refuses what no repository's name can be like. */
  public RepositoryPattern {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("no pattern of repositories: \"" + value + "\"");
    }
  }

  /** Whether a repository is one of them. */
  public boolean matches(RepositoryName name) {
    return matches(value, name.value());
  }

  /** Goes back to the last star only, so that it takes no more than pattern times name steps. */
  private static boolean matches(String pattern, String name) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (in < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '*') {
        star = at++;
        resume = in;
      } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(in)) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++resume;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '*') {
      at++;
    }
    return at == pattern.length();
  }

  @Override
  public String toString() {
    return value;
  }
}
