package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;

/**
 * The fact that a repository holds a blob.
 *
 * @param digest the blob's canonical digest
 * @param mediaType what it is, in this repository's view
 */
public record BlobLink(Digest digest, MediaType mediaType) {}
