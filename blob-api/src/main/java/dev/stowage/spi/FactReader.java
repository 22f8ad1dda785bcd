package dev.stowage.spi;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The facts as they are at one moment. It is good only inside the transaction that it was given to,
 * and for that transaction's thread.
 *
 * <p>Lists are ordered and paged: a page begins behind {@code after}, which need not exist, or at
 * the beginning; it has at most {@code limit} items (at least 1), and fewer only if the list ends.
 * Digests order as {@link Digest#compareTo} says, names and tags by their bytes. Where a digest is
 * called canonical, only a canonical one is ever found.
 */
public interface FactReader {
  /** Whether a repository exists. */
  boolean hasRepository(RepositoryName name) throws IOException;

  /** The repositories, by name. */
  List<RepositoryName> repositories(Optional<RepositoryName> after, int limit) throws IOException;

  /** The record of a blob, by canonical digest. */
  Optional<StoredBlob> blob(Digest digest) throws IOException;

  /** The canonical digest that an alias stands for. */
  Optional<Digest> aliasTarget(Digest alias) throws IOException;

  /** The aliases of a canonical digest, in order; there are few. */
  List<Digest> aliases(Digest canonical) throws IOException;

  /** A repository's link to a blob, by canonical digest. */
  Optional<BlobLink> link(RepositoryName repository, Digest digest) throws IOException;

  /** A repository's links, by digest. */
  List<BlobLink> links(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException;

  /** The repositories that link a blob, by name. */
  List<RepositoryName> linkers(Digest digest, Optional<RepositoryName> after, int limit)
      throws IOException;

  /** A repository's manifest, by canonical digest. */
  Optional<StoredManifest> manifest(RepositoryName repository, Digest digest) throws IOException;

  /** A repository's manifests, by canonical digest, without their bytes. */
  List<Descriptor> manifests(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException;

  /** The repositories that hold a manifest, by name. */
  List<RepositoryName> manifestHolders(Digest digest, Optional<RepositoryName> after, int limit)
      throws IOException;

  /** What a tag points at. */
  Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException;

  /** A repository's tags, by name. */
  List<TagTarget> tags(RepositoryName repository, Optional<Tag> after, int limit)
      throws IOException;

  /** The tags that point at a manifest, by name. */
  List<Tag> tagsOf(RepositoryName repository, Digest manifest, Optional<Tag> after, int limit)
      throws IOException;

  /** All edges of a manifest, by role and then by target. */
  List<Edge> edgesFrom(RepositoryName repository, Digest manifest) throws IOException;

  /** A repository's edges of one role to one target, by the digest of the referring manifest. */
  List<Edge> edgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit)
      throws IOException;

  /**
   * Edges of all repositories to one target, in an order of the store's own. It has no {@code
   * after}, since its user removes or moves what it was given before it asks again.
   */
  List<RepositoryEdge> edgesTo(Digest target, int limit) throws IOException;

  /** The referrers of a subject, by the referrer's canonical digest. */
  List<Referrer> referrers(
      RepositoryName repository, Digest subject, Optional<Digest> after, int limit)
      throws IOException;

  /** A repository's hold on a manifest that was deleted, by its canonical digest. */
  Optional<Hold> hold(RepositoryName repository, Digest digest) throws IOException;

  /** What a repository holds, by canonical digest. */
  List<Descriptor> holds(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException;

  /** A repository's held link to a blob, by canonical digest: no reader sees it. */
  Optional<BlobLink> heldLink(RepositoryName repository, Digest digest) throws IOException;

  /** A repository's held links, by digest. */
  List<BlobLink> heldLinks(RepositoryName repository, Optional<Digest> after, int limit)
      throws IOException;

  /** The repositories that have a held link to a blob, by name. */
  List<RepositoryName> heldLinkers(Digest digest, Optional<RepositoryName> after, int limit)
      throws IOException;

  /** All edges of a held manifest, by role and then by target. */
  List<Edge> heldEdgesFrom(RepositoryName repository, Digest manifest) throws IOException;

  /** The edges of one role from held manifests to one target, by the digest of the manifest. */
  List<Edge> heldEdgesTo(
      RepositoryName repository, Digest target, EdgeRole role, Optional<Digest> after, int limit)
      throws IOException;

  /**
   * Whether some held manifest of a repository refers to a target as anything but its subject.
   *
   * @param target a digest, as edges hold it
   */
  boolean isHeld(RepositoryName repository, Digest target) throws IOException;

  /**
   * The history of a repository, the last change first.
   *
   * @param before the number of the change, present or not, before which the page begins
   */
  List<HistoryFact> history(RepositoryName repository, Optional<Long> before, int limit)
      throws IOException;

  /**
   * The history of a tag, the last change first.
   *
   * @param before the number of the change, present or not, before which the page begins
   */
  List<HistoryFact> history(RepositoryName repository, Tag tag, Optional<Long> before, int limit)
      throws IOException;

  /** When each change of all histories may be forgotten, in the order of {@link HistoryEnd}. */
  List<HistoryEnd> historyEnds(Optional<HistoryEnd> after, int limit) throws IOException;

  /** An open upload. */
  Optional<UploadFact> upload(UploadId id) throws IOException;

  /** The open uploads, by id. */
  List<UploadFact> uploads(Optional<UploadId> after, int limit) throws IOException;

  /** The placements whose bytes are still to be deleted, in order. */
  List<Placement> doomed(Optional<Placement> after, int limit) throws IOException;

  /**
   * What is marked for review, in the order of {@link Review}: the marked links and manifests, the
   * holds, and nothing else. A page may begin behind any moment, so that what was reviewed before
   * is not stepped over again, nor what was marked for later and is no more.
   *
   * @param until the last moment at which what is listed is due
   */
  List<Review> reviews(Optional<Review> after, StoreTime until, int limit) throws IOException;

  /**
   * Whether some manifest of a repository refers to a target as anything but its subject.
   *
   * @param target a digest, as edges hold it
   */
  boolean isNeeded(RepositoryName repository, Digest target) throws IOException;

  /** What the clocks showed when they were last saved. */
  Optional<ClockReading> clock() throws IOException;

  /** The rules, in words of the core's own, by which everything stored is marked for review. */
  Optional<String> reviewRules() throws IOException;

  /** The records of blobs, by digest. */
  List<StoredBlob> blobs(Optional<Digest> after, int limit) throws IOException;

  /** A blob in quarantine, by canonical digest. */
  Optional<QuarantinedBlob> quarantined(Digest digest) throws IOException;

  /** The blobs in quarantine, by digest. */
  List<QuarantinedBlob> quarantines(Optional<Digest> after, int limit) throws IOException;

  /** Whether the bytes of a placement are still to be deleted. */
  boolean isDoomed(Placement placement) throws IOException;
}
