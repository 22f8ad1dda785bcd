package dev.stowage.adapter.http.fuzz;

import dev.stowage.blob.MediaType;
import dev.stowage.blob.MediaTypeInvalidException;

/** A media type is refused, or can be read from its own text, parameters or not. */
public final class MediaTypeFuzz {
  private MediaTypeFuzz() {}

  /** Tries one input: a Content-Type. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    MediaType mediaType;
    try {
      mediaType = MediaType.parse(text);
    } catch (MediaTypeInvalidException e) {
      return;
    }
    FuzzInput.require(
        MediaType.parse(mediaType + " ; charset=utf-8").equals(mediaType), "parameters");
    FuzzInput.require(
        mediaType.value().chars().allMatch(c -> c > ' ' && c < 0x7F), "it fits into a header");
  }
}
