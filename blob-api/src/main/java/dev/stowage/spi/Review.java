package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.util.Comparator;

/**
 * An entry of the review queue: from when on the collector may look whether something in a
 * repository is still needed. Reviews order by their time first.
 *
 * @param due from when on, on the store's clock
 * @param kind what is looked at
 * @param repository where it is
 * @param digest its canonical digest
 */
public record Review(StoreTime due, ReviewKind kind, RepositoryName repository, Digest digest)
    implements Comparable<Review> {
  private static final Comparator<Review> ORDER =
      Comparator.comparing(Review::due)
          .thenComparing(Review::kind)
          .thenComparing(Review::repository)
          .thenComparing(Review::digest);

  @Override
  public int compareTo(Review other) {
    return ORDER.compare(this, other);
  }
}
