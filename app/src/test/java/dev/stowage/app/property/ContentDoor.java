package dev.stowage.app.property;

import dev.stowage.ErrorKind;
import dev.stowage.blob.Digest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A way to blobs, manifests, tags and referrers. What changes something says why it was refused, if
 * it was.
 */
interface ContentDoor {
  Optional<ErrorKind> put(RepositoryName repository, byte[] content, Digest name)
      throws IOException;

  /** Mounts a blob from a repository, or from any; says whether it is here now. */
  boolean mount(RepositoryName repository, Digest digest, Optional<RepositoryName> from)
      throws IOException;

  Optional<ErrorKind> push(
      RepositoryName repository, Reference reference, Document document, List<Tag> tags)
      throws IOException;

  Optional<ErrorKind> delete(RepositoryName repository, Reference reference) throws IOException;

  Optional<ErrorKind> deleteBlob(RepositoryName repository, Digest digest) throws IOException;

  /** The repositories in their order. */
  List<String> repositories() throws IOException;

  /** The tags in their order, if there is such a repository. */
  Optional<List<String>> tags(RepositoryName repository) throws IOException;

  /** What answers for a manifest, and its media type. */
  Optional<String> manifest(RepositoryName repository, Reference reference) throws IOException;

  boolean hasBlob(RepositoryName repository, Digest digest) throws IOException;

  /** The names of the referrers in their order. */
  List<String> referrers(RepositoryName repository, Digest subject, Optional<String> artifactType)
      throws IOException;
}
