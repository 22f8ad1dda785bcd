package dev.stowage.blob;

import dev.stowage.ErrorKind;
import dev.stowage.StowageException;

/** The text is not a media type. */
public final class MediaTypeInvalidException extends StowageException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_QUOTED = 200;

  MediaTypeInvalidException(String text) {
    super(
        ErrorKind.MEDIA_TYPE_INVALID,
        "not a media type: \""
            + (text.length() <= LONGEST_QUOTED ? text : text.substring(0, LONGEST_QUOTED) + "…")
            + "\"; expected type/subtype");
  }
}
