package dev.stowage.spi;

import dev.stowage.registry.RepositoryName;
import java.util.Comparator;

/**
 * From when on the collector may forget an entry of a history. They order by their time first.
 *
 * @param until from when on, on the store's clock
 * @param repository whose history it is
 * @param number the entry's number; of one repository's, the larger ones come first
 */
public record HistoryEnd(StoreTime until, RepositoryName repository, long number)
    implements Comparable<HistoryEnd> {
  private static final Comparator<HistoryEnd> ORDER =
      Comparator.comparing(HistoryEnd::until)
          .thenComparing(HistoryEnd::repository)
          .thenComparing(Comparator.comparing(HistoryEnd::number).reversed());

  @Override
  public int compareTo(HistoryEnd other) {
    return ORDER.compare(this, other);
  }
}
