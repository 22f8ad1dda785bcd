package dev.stowage.spi;

import dev.stowage.registry.RepositoryName;

/**
 * An edge and the repository that it is in.
 *
 * @param repository the repository
 * @param edge the edge
 */
public record RepositoryEdge(RepositoryName repository, Edge edge) {}
