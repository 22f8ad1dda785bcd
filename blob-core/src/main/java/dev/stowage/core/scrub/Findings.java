package dev.stowage.core.scrub;

import dev.stowage.blob.Digest;
import dev.stowage.maintenance.ScrubReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one round has seen so far. Used by one thread. */
final class Findings {
  /** A medium that was not mounted has millions. */
  private static final int LISTED = 10_000;

  private final List<ScrubReport.DamagedBlob> damagedBlobs = new ArrayList<>();
  private final List<ScrubReport.DamagedManifest> damagedManifests = new ArrayList<>();
  private final List<ScrubReport.Dangling> dangling = new ArrayList<>();
  private final List<ScrubReport.Orphan> orphans = new ArrayList<>();
  private final List<Digest> released = new ArrayList<>();
  private long blobs;
  private long manifests;
  private long bytes;
  private long unlisted;

  void sawBlob() {
    blobs++;
  }

  void sawManifest() {
    manifests++;
  }

  void read(long count) {
    bytes += count;
  }

  void add(ScrubReport.DamagedBlob blob) {
    add(damagedBlobs, blob);
  }

  void add(ScrubReport.DamagedManifest manifest) {
    add(damagedManifests, manifest);
  }

  void add(ScrubReport.Dangling fact) {
    add(dangling, fact);
  }

  void add(ScrubReport.Orphan orphan) {
    if (orphan.deleted() && orphans.size() >= LISTED) {
      return;
    }
    add(orphans, orphan);
  }

  void addReleased(Digest digest) {
    if (released.size() < LISTED) {
      released.add(digest);
    }
  }

  private <T> void add(List<T> list, T finding) {
    if (list.size() < LISTED) {
      list.add(finding);
    } else {
      unlisted++;
    }
  }

  /** How far the round has come, in words. */
  String soFar() {
    long found =
        damagedBlobs.size() + damagedManifests.size() + dangling.size() + orphans.size() + unlisted;
    return String.format(
        Locale.ROOT,
        "%,d blobs and %,d manifests read, %,d MiB; %,d findings",
        blobs,
        manifests,
        bytes >> 20,
        found);
  }

  ScrubReport report() {
    return new ScrubReport(
        blobs,
        manifests,
        bytes,
        damagedBlobs,
        damagedManifests,
        dangling,
        orphans,
        released,
        unlisted);
  }
}
