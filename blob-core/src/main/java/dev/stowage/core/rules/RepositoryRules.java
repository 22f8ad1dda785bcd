package dev.stowage.core.rules;

import dev.stowage.blob.OperationUnsupportedException;
import java.time.Clock;

/**
 * What the repositories of a store allow.
 *
 * @param deletes whether anything may be deleted
 * @param referencesProtected whether what a manifest of the same repository needs is kept
 * @param sparseManifests whether manifests are accepted whose references are missing
 * @param maxManifestSize the most bytes that a manifest may have
 * @param clock by which tags are dated
 */
public record RepositoryRules(
    boolean deletes,
    boolean referencesProtected,
    boolean sparseManifests,
    int maxManifestSize,
    Clock clock) {
  /** Refuses a deletion where deletion is switched off. */
  public void requireDeletes() {
    if (!deletes) {
      throw new OperationUnsupportedException("deletion is switched off");
    }
  }
}
