package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;

/**
 * A descriptor in a manifest: what the document says of something that it refers to.
 *
 * @param role what it refers to it as
 * @param mediaType what that is, by the document
 * @param size its size in bytes, by the document; not negative
 * @param digest its digest, as given
 */
public record ManifestReference(EdgeRole role, MediaType mediaType, long size, Digest digest) {}
