package dev.stowage.registry;

import java.util.regex.Pattern;

/**
 * The name of a tag. Tags order by their bytes.
 *
 * @param value the name: 1 to 128 letters, digits, {@code _}, {@code .} and {@code -}, of which the
 *     last two do not come first
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pull">OCI
 *     distribution specification, pull</a>
 */
public record Tag(String value) implements Comparable<Tag> {
  private static final Pattern GRAMMAR = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

  /**
   * Checks the form.
   *
   * @throws TagInvalidException if the text is not a tag
   */
  public Tag {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new TagInvalidException(value);
    }
  }

  @Override
  public int compareTo(Tag other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
