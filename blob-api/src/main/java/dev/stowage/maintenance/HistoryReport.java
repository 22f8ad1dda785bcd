package dev.stowage.maintenance;

import dev.stowage.registry.HistoryEntry;
import java.util.List;
import java.util.Optional;

/**
 * A page of a history.
 *
 * @param changes the changes, the last one first
 * @param before the number before which the next page begins, if there is one
 */
public record HistoryReport(List<HistoryEntry> changes, Optional<Long> before) {
  /** Copies the changes. */
  public HistoryReport {
    changes = List.copyOf(changes);
  }
}
