package dev.stowage.core.collect;

import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoreTime;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Forgets the changes whose time is over. Used by one thread. */
final class Forgetting {
  private static final int BATCH = 256;

  private final MetadataStore store;

  /** The last one that was forgotten: what lies before it is tombstones. */
  private Optional<HistoryEnd> last = Optional.empty();

  Forgetting(MetadataStore store) {
    this.store = store;
  }

  void run(StoreTime now) throws IOException {
    List<HistoryEnd> due;
    do {
      due =
          store.read(facts -> facts.historyEnds(last, BATCH)).stream()
              .takeWhile(end -> end.until().compareTo(now) < 0)
              .toList();
      if (!due.isEmpty()) {
        List<HistoryEnd> batch = due;
        store.write(facts -> forget(facts, batch));
        last = Optional.of(due.get(due.size() - 1));
      }
    } while (due.size() == BATCH);
  }

  private static boolean forget(FactWriter facts, List<HistoryEnd> batch) throws IOException {
    for (HistoryEnd end : batch) {
      facts.removeHistory(end.repository(), end.number());
    }
    return true;
  }
}
