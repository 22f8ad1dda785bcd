package dev.stowage.spi;

import dev.stowage.blob.Digest;

/**
 * The fact that a manifest refers to a blob or to another manifest. It is kept for every reference,
 * whether or not its target is there.
 *
 * @param from the referring manifest's canonical digest
 * @param role what it refers to the target as
 * @param to the target: canonical, or as given while no alias for it is known
 */
public record Edge(Digest from, EdgeRole role, Digest to) {}
