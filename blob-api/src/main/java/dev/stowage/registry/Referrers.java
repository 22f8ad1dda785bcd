package dev.stowage.registry;

import dev.stowage.blob.Digest;
import java.io.IOException;
import java.util.Optional;

/** The manifests of a repository by their subjects. */
public interface Referrers {
  /**
   * The referrers of a subject, ordered by canonical digest. The subject need not exist, nor the
   * repository: then nothing refers to it.
   *
   * @param subject any digest of the subject
   * @param artifactType if present, only referrers of exactly this type are listed
   * @param after the canonical digest of the referrer after which the page begins
   * @param maxBytes about how many bytes of JSON the page's items may make; the page has at least
   *     one item if there is one
   * @throws IOException if the metadata cannot be read
   */
  Page<Referrer> list(
      Digest subject, Optional<String> artifactType, Optional<Digest> after, int maxBytes)
      throws IOException;
}
