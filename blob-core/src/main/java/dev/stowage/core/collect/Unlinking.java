package dev.stowage.core.collect;

import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.Optional;

/** Removing a link. With the last one the blob dies, in the same transaction. */
public final class Unlinking {
  private Unlinking() {}

  /**
   * Removes a repository's link.
   *
   * @param canonical a blob that it links
   * @return the blob, if this was its last link: its record, or its quarantine, and its aliases are
   *     gone then, its bytes are doomed, and {@link DoomedBytes} frees them once the transaction is
   *     committed
   */
  public static Optional<StoredBlob> unlink(
      FactWriter facts, RepositoryName repository, Digest canonical) throws IOException {
    facts.removeLink(repository, canonical);
    if (!facts.linkers(canonical, Optional.empty(), 1).isEmpty()) {
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
