package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.transfer.ContentRange;
import java.util.Optional;

/** A chunk's Content-Range is refused, or has bytes and can be read from its own numbers. */
public final class ContentRangeFuzz {
  private ContentRangeFuzz() {}

  /** Tries one input: the field. */
  public static void fuzzerTestOneInput(byte[] input) {
    Optional<ContentRange> range = ContentRange.find(FuzzInput.text(input));
    if (range.isPresent()) {
      ContentRange found = range.get();
      FuzzInput.require(found.length() > 0 && found.first() >= 0, found + " has bytes");
      FuzzInput.require(
          ContentRange.find(found.first() + "-" + found.last()).equals(range), found + "");
    }
  }
}
