package dev.stowage.registry;

import java.util.List;

/**
 * A part of an ordered list.
 *
 * @param items what is on the page, in order; unmodifiable
 * @param more whether anything follows the last item
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, boolean more) {
  /** Copies the items. */
  public Page {
    items = List.copyOf(items);
  }

  /** A page with nothing on it and nothing behind it. */
  public static <T> Page<T> empty() {
    return new Page<>(List.of(), false);
  }

  /**
   * Cuts a list that was read one longer than the page may be.
   *
   * @param read at most {@code limit + 1} items
   * @param limit the most items that the page may have
   */
  public static <T> Page<T> cut(List<T> read, int limit) {
    return read.size() > limit ? new Page<>(read.subList(0, limit), true) : new Page<>(read, false);
  }
}
