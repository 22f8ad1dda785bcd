package dev.stowage.maintenance;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends, now, what only stops the collector: holds, grace and leases of what nothing refers to that
 * is there. Bytes that nothing keeps by then are deleted when it returns. Safe for use by many
 * threads, and beside everything else.
 *
 * <p>The bytes of manifests lie with the facts: they are unknown at once, and leave the disk when
 * the store of facts tidies its files.
 */
public interface Purger {
  /**
   * Purges a repository, or one digest in it.
   *
   * <p>Of a deleted manifest, what it alone needs is purged too. Of a blob, every hold on a deleted
   * manifest that needs it is ended: that manifest can be restored no longer.
   *
   * @param digest a blob, or a manifest; without one, everything is purged that was deleted or that
   *     nothing refers to. A manifest that is there is never purged: it is to be deleted first
   * @param each is told of every removal, once it is durable
   * @throws dev.stowage.blob.BlobUnknownException if the repository has nothing of that digest
   * @throws IOException if the facts cannot be read or written, or if bytes could not be deleted;
   *     these are tried again by every collection
   */
  PurgeReport purge(RepositoryName repository, Optional<Digest> digest, Consumer<Removal> each)
      throws IOException;
}
