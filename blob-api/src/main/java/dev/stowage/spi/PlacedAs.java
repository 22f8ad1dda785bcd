package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;

/**
 * What a placement says of itself.
 *
 * @param digest the canonical digest that its bytes had when they were placed
 * @param upload the upload that they came from
 */
public record PlacedAs(Digest digest, UploadId upload) {}
