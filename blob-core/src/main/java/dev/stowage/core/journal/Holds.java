package dev.stowage.core.journal;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a hold keeps, and the end of it. */
public final class Holds {
  private Holds() {}

  /**
   * Takes a link from a repository's readers. What a held manifest needs is kept as a held link.
   *
   * @param canonical a blob that the repository links
   * @return the blob, if nothing keeps it any more: its record, or its quarantine, and its aliases
   *     are gone then, and its bytes are doomed
   */
  public static Optional<StoredBlob> unlink(
      FactWriter facts, RepositoryName repository, Digest canonical) throws IOException {
    Optional<BlobLink> link = facts.link(repository, canonical);
    facts.removeLink(repository, canonical);
    if (link.isPresent() && facts.isHeld(repository, canonical)) {
      facts.putHeldLink(repository, link.get());
      return Optional.empty();
    }
    return endIfUnlinked(facts, canonical);
  }

  /**
   * Ends a hold, if there is one, with its edges, and with the held links that nothing else holds.
   *
   * @return the blobs that nothing keeps any more: their bytes are doomed
   */
  public static List<StoredBlob> end(FactWriter facts, RepositoryName repository, Digest manifest)
      throws IOException {
    if (facts.hold(repository, manifest).isEmpty()) {
      return List.of();
    }
    List<StoredBlob> dead = new ArrayList<>();
    List<Edge> edges = facts.heldEdgesFrom(repository, manifest);
    for (Edge edge : edges) {
      facts.removeHeldEdge(repository, edge);
    }
    facts.removeHold(repository, manifest);
    for (Edge edge : edges) {
      if (edge.role() != EdgeRole.SUBJECT
          && facts.heldLink(repository, edge.to()).isPresent()
          && !facts.isHeld(repository, edge.to())) {
        facts.removeHeldLink(repository, edge.to());
        endIfUnlinked(facts, edge.to()).ifPresent(dead::add);
      }
    }
    return dead;
  }

  private static Optional<StoredBlob> endIfUnlinked(FactWriter facts, Digest canonical)
      throws IOException {
    if (!facts.linkers(canonical, Optional.empty(), 1).isEmpty()
        || !facts.heldLinkers(canonical, Optional.empty(), 1).isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredBlob> blob = facts.blob(canonical);
    if (blob.isPresent()) {
      facts.putDoomed(blob.get().placement());
      facts.removeBlob(canonical);
    } else {
      blob = facts.quarantined(canonical).map(QuarantinedBlob::blob);
      QuarantinedBytes.doom(facts, canonical);
    }
    Aliases.forgetUnlessHeld(facts, canonical);
    return blob;
  }
}
