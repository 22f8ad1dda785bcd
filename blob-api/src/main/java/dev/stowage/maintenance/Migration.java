package dev.stowage.maintenance;

import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes content out of a store and into it. What is taken in goes the way of every push: each
 * digest is checked, and what is reported as taken in is durable. All of it may be done again.
 */
public interface Migration {
  /**
   * Writes an OCI image layout.
   *
   * @param repository where the content is
   * @param reference one manifest, with everything that it refers to; else all tags of the
   *     repository, with that and with their referrers
   * @param target the layout: a tar archive if its name ends in {@code .tar}, else a directory
   * @param progress hears how far it has come
   * @throws dev.stowage.StowageException if there is nothing of the kind
   * @throws IOException if the store cannot be read or the layout cannot be written; nothing is
   *     then left of it
   */
  ExportReport export(
      RepositoryName repository, Optional<Reference> reference, Path target, Progress progress)
      throws IOException;

  /**
   * Takes in an OCI image layout.
   *
   * @param source the layout: a directory or a tar archive
   * @param repository where its content goes
   * @param tag the one that is to point at its only manifest, or at the one of that name; else all
   *     manifests of its index are taken in, and tagged as the index names them
   * @param progress hears how far it has come
   * @throws dev.stowage.StowageException if it is no layout
   * @throws IOException if the layout cannot be read or the store cannot be written
   */
  ImportReport importLayout(
      Path source, RepositoryName repository, Optional<Tag> tag, Progress progress)
      throws IOException;

  /**
   * Takes over a store of the distribution registry: its repositories with their blobs, manifests
   * and tags. What is broken is reported and left out.
   *
   * @param root the directory that the registry was configured with; nobody writes to it meanwhile
   * @param progress hears how far it has come
   * @throws IOException if it is no such store, or the store here cannot be written
   */
  ImportReport importDistribution(Path root, Progress progress) throws IOException;
}
