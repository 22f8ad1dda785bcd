package dev.stowage.blob;

import java.util.regex.Pattern;

/**
 * A media type without parameters, {@code type/subtype} (RFC 6838, section 4.2).
 *
 * @param value the type as it was written; types compare as text, as OCI clients compare them
 */
public record MediaType(String value) {
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}";
  private static final Pattern GRAMMAR = Pattern.compile(NAME + "/" + NAME);

  /** Bytes of which nothing more is known; what a blob has when nobody says otherwise. */
  public static final MediaType OCTET_STREAM = new MediaType("application/octet-stream");

  /**
   * Checks the form.
   *
   * @throws MediaTypeInvalidException if the text is not a media type, or has parameters
   */
  public MediaType {
    if (!GRAMMAR.matcher(value).matches()) {
      throw new MediaTypeInvalidException(value);
    }
  }

  /**
   * Reads a media type as a header carries it; parameters ({@code ; charset=…}) are ignored.
   *
   * @throws MediaTypeInvalidException if what stands before the parameters is not a media type
   */
  public static MediaType parse(String text) {
    int semicolon = text.indexOf(';');
    return new MediaType((semicolon < 0 ? text : text.substring(0, semicolon)).strip());
  }

  @Override
  public String toString() {
    return value;
  }
}
