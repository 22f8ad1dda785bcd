package dev.stowage.core.collect;

import dev.stowage.maintenance.CollectionReport;
import dev.stowage.maintenance.Removal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Counts what one collection removes, and tells of it. Used by one thread. */
final class Tally {
  private final Consumer<Removal> each;
  private final LongSupplier nanos;
  private final long began;
  private final List<String> notes = new ArrayList<>();
  private long tags;
  private long manifests;
  private long holds;
  private long links;
  private long blobs;
  private long bytes;
  private long leftovers;

  Tally(Consumer<Removal> each, LongSupplier nanos) {
    this.each = each;
    this.nanos = nanos;
    this.began = nanos.getAsLong();
  }

  void add(Removal removal) {
    if (removal instanceof Removal.OfTag) {
      tags++;
    } else if (removal instanceof Removal.OfManifest) {
      manifests++;
    } else if (removal instanceof Removal.OfHold) {
      holds++;
    } else if (removal instanceof Removal.OfLink) {
      links++;
    } else if (removal instanceof Removal.OfBlob blob) {
      blobs++;
      bytes += blob.size();
    }
    each.accept(removal);
  }

  void addLeftovers(long freed) {
    leftovers += freed;
  }

  void note(String note) {
    notes.add(note);
  }

  /** How much was removed until now. */
  long removed() {
    return tags + manifests + holds + links + blobs;
  }

  CollectionReport report(Optional<Duration> notBefore) {
    return new CollectionReport(
        tags,
        manifests,
        holds,
        links,
        blobs,
        bytes,
        leftovers,
        Duration.ofNanos(nanos.getAsLong() - began),
        Optional.empty(),
        notBefore,
        notes);
  }
}
