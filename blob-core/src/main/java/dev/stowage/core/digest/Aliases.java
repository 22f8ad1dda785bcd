package dev.stowage.core.digest;

import dev.stowage.blob.Digest;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.RepositoryEdge;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The further names of content. Links, edges and subjects hold canonical digests; a digest of
 * another algorithm leads to one through its alias.
 */
public final class Aliases {
  private static final int BATCH = 64;

  private Aliases() {}

  /** The canonical digest that a digest stands for, if that is known. */
  public static Optional<Digest> resolve(MetadataStore store, Digest digest) throws IOException {
    return digest.isCanonical() ? Optional.of(digest) : store.aliasTarget(digest);
  }

  /** The canonical digest that a digest stands for, if that is known. */
  public static Optional<Digest> resolve(FactReader facts, Digest digest) throws IOException {
    return digest.isCanonical() ? Optional.of(digest) : facts.aliasTarget(digest);
  }

  /**
   * Makes sure that a name leads to its content. Manifests that referred to the content by this
   * name before it was known are joined to it.
   *
   * @param name a digest that is known to name the content, possibly the canonical one
   */
  public static void record(FactWriter facts, Digest name, Digest canonical) throws IOException {
    if (name.isCanonical() || facts.aliasTarget(name).isPresent()) {
      return;
    }
    facts.putAlias(name, canonical);
    List<RepositoryEdge> waiting = facts.edgesTo(name, BATCH);
    while (!waiting.isEmpty()) {
      for (RepositoryEdge each : waiting) {
        join(facts, each.repository(), each.edge(), canonical);
      }
      waiting = facts.edgesTo(name, BATCH);
    }
  }

  /** Forgets the aliases of content that nobody holds any more, as a blob or as a manifest. */
  public static void forgetUnlessHeld(FactWriter facts, Digest canonical) throws IOException {
    if (facts.blob(canonical).isEmpty()
        && facts.quarantined(canonical).isEmpty()
        && facts.manifestHolders(canonical, Optional.empty(), 1).isEmpty()) {
      for (Digest alias : facts.aliases(canonical)) {
        facts.removeAlias(alias);
      }
    }
  }

  private static void join(FactWriter facts, RepositoryName repository, Edge edge, Digest canonical)
      throws IOException {
    facts.removeEdge(repository, edge);
    facts.putEdge(repository, new Edge(edge.from(), edge.role(), canonical));
    if (edge.role() != EdgeRole.SUBJECT) {
      Reviews.needed(facts, repository, canonical);
      return;
    }
    for (Referrer referrer : facts.referrers(repository, edge.to(), Optional.empty(), BATCH)) {
      facts.removeReferrer(repository, edge.to(), referrer.descriptor().digest());
      facts.putReferrer(repository, canonical, referrer);
    }
  }
}
