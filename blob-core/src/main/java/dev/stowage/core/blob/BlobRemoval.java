package dev.stowage.core.blob;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Holds;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.registry.ReferencedException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Unlinks blobs. Removing the last link and deciding that the blob dies is one transaction; the
 * bytes go after it.
 */
final class BlobRemoval {
  private final MetadataStore store;
  private final DoomedBytes doomed;
  private final RepositoryRules rules;

  BlobRemoval(MetadataStore store, DoomedBytes doomed, RepositoryRules rules) {
    this.store = store;
    this.doomed = doomed;
    this.rules = rules;
  }

  void remove(RepositoryName repository, Digest digest) throws IOException {
    rules.requireDeletes();
    store
        .write(facts -> unlink(facts, repository, digest))
        .map(StoredBlob::placement)
        .ifPresent(doomed::free);
  }

  private Optional<StoredBlob> unlink(FactWriter facts, RepositoryName repository, Digest digest)
      throws IOException {
    Digest canonical =
        Aliases.resolve(facts, digest).orElseThrow(() -> new BlobUnknownException(digest));
    if (facts.link(repository, canonical).isEmpty()) {
      throw new BlobUnknownException(digest);
    }
    if (rules.referencesProtected()) {
      refuseIfNeeded(facts, repository, canonical);
    }
    return Holds.unlink(facts, repository, canonical);
  }

  private static void refuseIfNeeded(FactReader facts, RepositoryName repository, Digest blob)
      throws IOException {
    refuseIfNeededAs(EdgeRole.CONFIG, facts, repository, blob);
    refuseIfNeededAs(EdgeRole.LAYER, facts, repository, blob);
    if (facts.manifest(repository, blob).isEmpty()) {
      refuseIfNeededAs(EdgeRole.CHILD, facts, repository, blob);
    }
  }

  private static void refuseIfNeededAs(
      EdgeRole role, FactReader facts, RepositoryName repository, Digest blob) throws IOException {
    List<Edge> edges = facts.edgesTo(repository, blob, role, Optional.empty(), 1);
    if (!edges.isEmpty()) {
      throw new ReferencedException(blob, edges.get(0).from());
    }
  }
}
