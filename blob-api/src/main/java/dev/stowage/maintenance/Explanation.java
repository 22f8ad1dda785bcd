package dev.stowage.maintenance;

import java.util.List;

/**
 * Why something is kept, or when and why it will go.
 *
 * @param state what will become of it
 * @param reasons why, a line each, in plain words
 */
public record Explanation(State state, List<String> reasons) {
  /** Copies the reasons. */
  public Explanation {
    reasons = List.copyOf(reasons);
  }

  /** What will become of something. */
  public enum State {
    /** It stays. */
    KEPT,
    /** It is there, and goes at a time. */
    GOING,
    /** It was deleted, and can be restored until a time. */
    HELD,
    /** It was deleted. */
    GONE
  }
}
