package dev.stowage.maintenance;

import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;

/** Says why something is kept, or when and why it will go. Safe for use by many threads. */
public interface Explainer {
  /**
   * Explains a repository, a tag, a manifest or a blob.
   *
   * @param reference a tag, or the digest of a manifest or blob; without one, the repository
   * @throws dev.stowage.registry.NameUnknownException if there is no such repository
   * @throws dev.stowage.registry.ManifestUnknownException if nothing is known of that reference
   * @throws IOException if the facts cannot be read
   */
  Explanation explain(RepositoryName repository, Optional<Reference> reference) throws IOException;
}
