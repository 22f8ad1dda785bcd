package dev.stowage.core.history;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.manifest.ManifestPush;
import dev.stowage.core.review.Reviews;
import dev.stowage.maintenance.NotRestorableException;
import dev.stowage.maintenance.Restored;
import dev.stowage.registry.ManifestReferenceUnknownException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.Hold;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings deleted manifests back, in one transaction. Held links become links again, children come
 * before their indexes, and then the manifest is pushed as its client pushed it: so all that a push
 * makes sure of holds for what is restored.
 */
final class Restoration {
  private final RepositoryName repository;
  private final ManifestReader reader;
  private final Reviews reviews;
  private final Journal journal;
  private final boolean sparse;
  private final Instant at;
  private final List<Digest> manifests = new ArrayList<>();
  private final List<Digest> blobs = new ArrayList<>();

  Restoration(
      RepositoryName repository,
      ManifestReader reader,
      Reviews reviews,
      Journal journal,
      boolean sparse,
      Instant at) {
    this.repository = repository;
    this.reader = reader;
    this.reviews = reviews;
    this.journal = journal;
    this.sparse = sparse;
    this.at = at;
  }

  Restored result(Digest manifest, Optional<Digest> before, boolean moved) {
    return new Restored(manifest, before, moved, manifests, blobs);
  }

  /** Makes sure that a manifest is there. */
  void manifest(FactWriter facts, Digest canonical) throws IOException {
    if (facts.manifest(repository, canonical).isPresent()) {
      return;
    }
    Hold hold =
        facts
            .hold(repository, canonical)
            .orElseThrow(
                () ->
                    new NotRestorableException(
                        "manifest " + canonical + " is gone from " + repository));
    StoredManifest manifest = hold.manifest();
    ManifestContent content = reader.read(manifest.descriptor().mediaType(), manifest.content());
    for (Edge edge : facts.heldEdgesFrom(repository, canonical)) {
      Digest target = Aliases.resolve(facts, edge.to()).orElse(edge.to());
      if (edge.role() == EdgeRole.CHILD && facts.hold(repository, target).isPresent()) {
        manifest(facts, target);
        name(facts, target, content.references());
      } else if (edge.role() != EdgeRole.SUBJECT) {
        blob(facts, target);
      }
    }
    try {
      new ManifestPush(repository, manifest, content, Set.of(), at, sparse, reviews, journal)
          .run(facts);
    } catch (ManifestReferenceUnknownException e) {
      throw new NotRestorableException(
          "manifest "
              + canonical
              + " cannot be restored, since what it needs is gone: "
              + e.getMessage());
    }
    journal.restored(facts, repository, manifest);
    manifests.add(canonical);
  }

  private void blob(FactWriter facts, Digest digest) throws IOException {
    Optional<BlobLink> link = facts.heldLink(repository, digest);
    if (link.isPresent()) {
      facts.removeHeldLink(repository, digest);
      facts.putLink(repository, link.get());
      blobs.add(digest);
    }
  }

  /** An index may call its child by a name that was forgotten when the child was deleted. */
  private void name(FactWriter facts, Digest child, List<ManifestReference> references)
      throws IOException {
    for (ManifestReference reference : references) {
      Digest name = reference.digest();
      if (Aliases.resolve(facts, name).isEmpty()) {
        Optional<StoredManifest> there = facts.manifest(repository, child);
        if (there.isPresent() && Digest.of(name.algorithm(), there.get().content()).equals(name)) {
          Aliases.record(facts, name, child);
        }
      }
    }
  }
}
