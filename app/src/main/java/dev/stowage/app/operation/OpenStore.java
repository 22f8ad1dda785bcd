package dev.stowage.app.operation;

import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.Migration;

/**
 * A data directory that is open, as operations see it.
 *
 * @param registry the registry in it
 * @param migration takes content out of it and into it
 */
public record OpenStore(StowageRegistry registry, Migration migration) {}
