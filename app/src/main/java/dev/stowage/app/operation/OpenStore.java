package dev.stowage.app.operation;

import dev.stowage.core.StowageRegistry;

/**
 * A data directory that is open, as operations see it.
 *
 * @param registry the registry in it
 */
public record OpenStore(StowageRegistry registry) {}
