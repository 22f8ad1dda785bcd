package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.registry.Tag;
import java.time.Instant;

/**
 * The fact that a tag points at a manifest.
 *
 * @param tag the tag
 * @param manifest the manifest's canonical digest
 * @param pushedWith the digest that the manifest had in the push that moved the tag
 * @param movedAt when that was, in milliseconds precision
 */
public record TagTarget(Tag tag, Digest manifest, Digest pushedWith, Instant movedAt) {}
