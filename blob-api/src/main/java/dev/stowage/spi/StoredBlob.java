package dev.stowage.spi;

import dev.stowage.blob.Digest;

/**
 * The fact that a blob is stored.
 *
 * @param digest its canonical digest
 * @param size its size in bytes
 * @param placement where its bytes lie
 */
public record StoredBlob(Digest digest, long size, Placement placement) {}
