package dev.stowage.core.journal;

import dev.stowage.blob.Digest;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import java.io.IOException;
import java.util.Optional;

/**
 * The bytes of blobs in quarantine: kept, in case they can be read again, until they are let go.
 */
public final class QuarantinedBytes {
  private QuarantinedBytes() {}

  /**
   * Ends a blob's quarantine, if it is in one, because nobody links it any more or because it has
   * bytes again.
   *
   * @return the placement that this dooms, for the caller to free after the transaction
   */
  public static Optional<Placement> doom(FactWriter facts, Digest digest) throws IOException {
    Optional<Placement> placement =
        facts.quarantined(digest).map(QuarantinedBlob::blob).map(blob -> blob.placement());
    if (placement.isPresent()) {
      facts.removeQuarantine(digest);
      facts.putDoomed(placement.get());
    }
    return placement;
  }
}
