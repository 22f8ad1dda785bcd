package dev.stowage.spi;

/**
 * Where a committed blob's bytes lie. Opaque to all but the {@link BlobData} that made it; unique
 * for ever and never used again.
 *
 * @param value the place, as text that can be stored; its unique part is the id of the upload that
 *     it came from
 */
public record Placement(String value) implements Comparable<Placement> {
  /** Refuses an empty place. */
  public Placement {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a placement is not empty");
    }
  }

  @Override
  public int compareTo(Placement other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
