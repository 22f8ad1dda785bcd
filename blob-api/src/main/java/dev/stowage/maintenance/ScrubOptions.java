package dev.stowage.maintenance;

import java.util.OptionalLong;

/**
 * How a store is scrubbed.
 *
 * @param repair whether bytes that nothing refers to are deleted
 * @param bytesPerSecond the most bytes to read in a second, on average; at least 1
 */
public record ScrubOptions(boolean repair, OptionalLong bytesPerSecond) {
  /** Refuses a rate that would never end. */
  public ScrubOptions {
    if (bytesPerSecond.isPresent() && bytesPerSecond.getAsLong() < 1) {
      throw new IllegalArgumentException("a rate is at least one byte a second");
    }
  }
}
