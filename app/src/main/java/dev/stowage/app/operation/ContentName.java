package dev.stowage.app.operation;

import dev.stowage.blob.Digest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.util.Optional;

/**
 * What a person calls content: {@code REPO}, {@code REPO:TAG} or {@code REPO@DIGEST}.
 *
 * @param repository the repository
 * @param reference the manifest in it; absent for all of it
 */
public record ContentName(RepositoryName repository, Optional<Reference> reference) {
  /**
   * Reads a name.
   *
   * @throws dev.stowage.StowageException if a part of it has not its form
   */
  public static ContentName parse(String text) {
    int at = text.indexOf('@');
    if (at >= 0) {
      return new ContentName(
          new RepositoryName(text.substring(0, at)),
          Optional.of(Reference.of(Digest.parse(text.substring(at + 1)))));
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new ContentName(new RepositoryName(text), Optional.empty())
        : new ContentName(
            new RepositoryName(text.substring(0, colon)),
            Optional.of(Reference.of(new Tag(text.substring(colon + 1)))));
  }

  /** The tag, where the reference is one. */
  public Optional<Tag> tag() {
    return reference.flatMap(
        r -> r instanceof Reference.ByTag byTag ? Optional.of(byTag.tag()) : Optional.empty());
  }

  /** The digest, where the reference is one. */
  public Optional<Digest> digest() {
    return reference.flatMap(
        r ->
            r instanceof Reference.ByDigest byDigest
                ? Optional.of(byDigest.digest())
                : Optional.empty());
  }

  @Override
  public String toString() {
    return repository
        + reference.map(r -> (r instanceof Reference.ByTag ? ":" : "@") + r).orElse("");
  }
}
