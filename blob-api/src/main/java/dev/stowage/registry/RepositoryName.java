package dev.stowage.registry;

import java.util.regex.Pattern;

/**
 * The name of a repository: path components of lower-case letters, digits and separators.
 *
 * <p>Names order by their bytes.
 *
 * @param value the name, of at most {@value #MAX_LENGTH} characters
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull">OCI
 *     distribution specification, pull</a>
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {
  /** The most characters that a name has. */
  public static final int MAX_LENGTH = 255;

  private static final String COMPONENT = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*+";
  private static final Pattern GRAMMAR = Pattern.compile(COMPONENT + "(?:/" + COMPONENT + ")*+");

  /**
   * Checks the form.
   *
   * @throws NameInvalidException if the text is not a repository name
   */
  public RepositoryName {
    if (value.length() > MAX_LENGTH) {
      throw new NameInvalidException(
          value, "it has " + value.length() + " characters, at most 255 are allowed");
    }
    if (!GRAMMAR.matcher(value).matches()) {
      throw new NameInvalidException(
          value,
          "expected components of a-z and 0-9, joined inside by one of . _ __ or hyphens,"
              + " and to each other by /");
    }
  }

  @Override
  public int compareTo(RepositoryName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
