package dev.stowage.maintenance;

import dev.stowage.blob.Damage;
import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.util.List;

/**
 * What a scrub has found.
 *
 * @param blobs how many blobs were looked at
 * @param manifests how many manifests were looked at, once for each repository that holds them
 * @param bytes how many bytes were read for that
 * @param damagedBlobs blobs whose bytes are not what was stored, those included that were in
 *     quarantine before
 * @param damagedManifests manifests whose bytes are not what was stored
 * @param dangling facts that lead to nothing
 * @param orphans bytes that nothing refers to
 * @param released blobs that were in quarantine and whose bytes are sound again
 * @param unlisted how many findings there were beyond the ones listed here
 */
public record ScrubReport(
    long blobs,
    long manifests,
    long bytes,
    List<DamagedBlob> damagedBlobs,
    List<DamagedManifest> damagedManifests,
    List<Dangling> dangling,
    List<Orphan> orphans,
    List<Digest> released,
    long unlisted) {
  /** Copies the lists. */
  public ScrubReport {
    damagedBlobs = List.copyOf(damagedBlobs);
    damagedManifests = List.copyOf(damagedManifests);
    dangling = List.copyOf(dangling);
    orphans = List.copyOf(orphans);
    released = List.copyOf(released);
  }

  /**
   * A blob whose bytes are damaged.
   *
   * @param digest its digest
   * @param size its size in bytes, as it was stored
   * @param damage what is wrong
   * @param quarantined whether it is in quarantine
   * @param repositories repositories that link it, the first hundred of them
   */
  public record DamagedBlob(
      Digest digest,
      long size,
      Damage damage,
      boolean quarantined,
      List<RepositoryName> repositories) {}

  /**
   * A manifest whose bytes are damaged.
   *
   * @param repository the repository that holds it
   * @param digest its digest
   */
  public record DamagedManifest(RepositoryName repository, Digest digest) {}

  /**
   * A fact that leads to nothing.
   *
   * @param repository the repository that it is in
   * @param fact what it is: {@code link} or {@code tag}
   * @param name its name: the link's digest, or the tag
   */
  public record Dangling(RepositoryName repository, String fact, String name) {}

  /**
   * Bytes that nothing refers to.
   *
   * @param place where they lie
   * @param bytes how many they are; 0 where that is not known
   * @param deleted whether they have been deleted
   */
  public record Orphan(String place, long bytes, boolean deleted) {}

  /** Whether nothing is wrong, or no longer. */
  public boolean clean() {
    return damagedBlobs.isEmpty()
        && damagedManifests.isEmpty()
        && dangling.isEmpty()
        && unlisted == 0
        && orphans.stream().allMatch(Orphan::deleted);
  }
}
