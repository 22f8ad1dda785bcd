package dev.stowage.core.manifest;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * One removal of a tag or a manifest, as one transaction.
 *
 * @param repository where it is removed from
 * @param reference what is removed
 * @param protect whether a manifest that an index needs is kept
 */
record ManifestRemoval(RepositoryName repository, Reference reference, boolean protect) {
  private static final int BATCH = 256;

  void run(FactWriter facts) throws IOException {
    if (reference instanceof Reference.ByTag byTag) {
      removeTag(facts, byTag.tag());
    } else if (reference instanceof Reference.ByDigest byDigest) {
      removeManifest(facts, byDigest.digest());
    }
  }

  /** Forgets what a manifest refers to, and takes it off its subject's list. */
  static void removeEdges(FactWriter facts, RepositoryName repository, Digest manifest)
      throws IOException {
    for (Edge edge : facts.edgesFrom(repository, manifest)) {
      facts.removeEdge(repository, edge);
      if (edge.role() == EdgeRole.SUBJECT) {
        facts.removeReferrer(repository, edge.to(), manifest);
      }
    }
  }

  private void removeTag(FactWriter facts, Tag tag) throws IOException {
    if (facts.tag(repository, tag).isEmpty()) {
      throw new ManifestUnknownException(reference);
    }
    facts.removeTag(repository, tag);
  }

  private void removeManifest(FactWriter facts, Digest digest) throws IOException {
    Digest canonical =
        Aliases.resolve(facts, digest).orElseThrow(() -> new ManifestUnknownException(reference));
    if (facts.manifest(repository, canonical).isEmpty()) {
      throw new ManifestUnknownException(reference);
    }
    if (protect) {
      refuseIfNeeded(facts, canonical);
    }
    removeTags(facts, canonical);
    removeEdges(facts, repository, canonical);
    facts.removeManifest(repository, canonical);
    Aliases.forgetUnlessHeld(facts, canonical);
  }

  private void refuseIfNeeded(FactReader facts, Digest canonical) throws IOException {
    List<Edge> edges = facts.edgesTo(repository, canonical, EdgeRole.CHILD, Optional.empty(), 1);
    if (!edges.isEmpty()) {
      throw new ReferencedException(canonical, edges.get(0).from());
    }
  }

  private void removeTags(FactWriter facts, Digest canonical) throws IOException {
    List<Tag> tags = facts.tagsOf(repository, canonical, Optional.empty(), BATCH);
    while (!tags.isEmpty()) {
      for (Tag tag : tags) {
        facts.removeTag(repository, tag);
      }
      tags = facts.tagsOf(repository, canonical, Optional.empty(), BATCH);
    }
  }
}
