package dev.stowage.maintenance;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;

/** Something that a collection removes, or would remove. Its text is a line for people. */
public sealed interface Removal {
  /** Why it goes, in plain words. */
  String reason();

  /**
   * A tag that a retention rule does not keep.
   *
   * @param manifest what it points at
   */
  record OfTag(RepositoryName repository, Tag tag, Digest manifest, String reason)
      implements Removal {
    @Override
    public String toString() {
      return "tag " + repository + ":" + tag + " -> " + manifest + ": " + reason;
    }
  }

  /** A manifest that nothing names. */
  record OfManifest(RepositoryName repository, Digest digest, String reason) implements Removal {
    @Override
    public String toString() {
      return "manifest " + repository + "@" + digest + ": " + reason;
    }
  }

  /** A hold on a deleted manifest, which can be restored no longer. */
  record OfHold(RepositoryName repository, Digest digest, String reason) implements Removal {
    @Override
    public String toString() {
      return "hold " + repository + "@" + digest + ": " + reason;
    }
  }

  /** A repository's link to a blob that none of its manifests refers to. */
  record OfLink(RepositoryName repository, Digest digest, String reason) implements Removal {
    @Override
    public String toString() {
      return "link " + repository + "@" + digest + ": " + reason;
    }
  }

  /**
   * A blob whose last link goes, and its bytes.
   *
   * @param size how many bytes it has
   */
  record OfBlob(Digest digest, long size, String reason) implements Removal {
    @Override
    public String toString() {
      return "blob " + digest + " of " + size + " bytes: " + reason;
    }
  }
}
