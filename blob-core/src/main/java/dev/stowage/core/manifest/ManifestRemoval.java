package dev.stowage.core.manifest;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One removal of a tag or a manifest, as one transaction.
 *
 * @param repository where it is removed from
 * @param reference what is removed
 * @param protect whether a manifest that an index needs is kept
 * @param reviews puts up for review what loses its last reference or name
 * @param journal writes down what goes, and holds it
 */
public record ManifestRemoval(
    RepositoryName repository,
    Reference reference,
    boolean protect,
    Reviews reviews,
    Journal journal) {
  private static final int BATCH = 256;

  /** Does it. */
  public void run(FactWriter facts) throws IOException {
    if (reference instanceof Reference.ByTag byTag) {
      removeTag(facts, byTag.tag());
    } else if (reference instanceof Reference.ByDigest byDigest) {
      removeManifest(facts, byDigest.digest());
    }
  }

  /**
   * Removes a manifest that is there: with its tags, its edges and its entry as a referrer, and its
   * aliases if nobody else holds it.
   *
   * @param manifest the manifest, as it is there
   */
  public static void remove(
      FactWriter facts,
      RepositoryName repository,
      StoredManifest manifest,
      Reviews reviews,
      Journal journal)
      throws IOException {
    Digest canonical = manifest.descriptor().digest();
    removeTags(facts, repository, canonical, journal);
    List<Edge> released = removeEdges(facts, repository, canonical);
    facts.removeManifest(repository, canonical);
    journal.deleted(facts, repository, manifest, released);
    Aliases.forgetUnlessHeld(facts, canonical);
    reviews.released(facts, repository, released);
    reviews.subjectGone(facts, repository, canonical);
  }

  /** Forgets what a manifest refers to, and takes it off its subject's list. */
  static List<Edge> removeEdges(FactWriter facts, RepositoryName repository, Digest manifest)
      throws IOException {
    List<Edge> edges = facts.edgesFrom(repository, manifest);
    for (Edge edge : edges) {
      facts.removeEdge(repository, edge);
      if (edge.role() == EdgeRole.SUBJECT) {
        facts.removeReferrer(repository, edge.to(), manifest);
      }
    }
    return edges;
  }

  private void removeTag(FactWriter facts, Tag tag) throws IOException {
    TagTarget target =
        facts.tag(repository, tag).orElseThrow(() -> new ManifestUnknownException(reference));
    facts.removeTag(repository, tag);
    journal.untagged(facts, repository, target);
    reviews.unnamed(facts, repository, target.manifest());
  }

  private void removeManifest(FactWriter facts, Digest digest) throws IOException {
    Digest canonical =
        Aliases.resolve(facts, digest).orElseThrow(() -> new ManifestUnknownException(reference));
    StoredManifest manifest =
        facts
            .manifest(repository, canonical)
            .orElseThrow(() -> new ManifestUnknownException(reference));
    if (protect) {
      refuseIfNeeded(facts, canonical);
    }
    remove(facts, repository, manifest, reviews, journal);
  }

  private void refuseIfNeeded(FactReader facts, Digest canonical) throws IOException {
    List<Edge> edges = facts.edgesTo(repository, canonical, EdgeRole.CHILD, Optional.empty(), 1);
    if (!edges.isEmpty()) {
      throw new ReferencedException(canonical, edges.get(0).from());
    }
  }

  private static void removeTags(
      FactWriter facts, RepositoryName repository, Digest canonical, Journal journal)
      throws IOException {
    List<Tag> tags = facts.tagsOf(repository, canonical, Optional.empty(), BATCH);
    while (!tags.isEmpty()) {
      for (Tag tag : tags) {
        Optional<TagTarget> target = facts.tag(repository, tag);
        facts.removeTag(repository, tag);
        if (target.isPresent()) {
          journal.untagged(facts, repository, target.get());
        }
      }
      tags = facts.tagsOf(repository, canonical, Optional.empty(), BATCH);
    }
  }
}
