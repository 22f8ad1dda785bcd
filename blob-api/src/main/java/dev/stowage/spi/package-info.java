/**
 * What the store needs from outside: bytes ({@link dev.stowage.spi.BlobData}), facts ({@link
 * dev.stowage.spi.MetadataStore}) and somebody who can read documents ({@link
 * dev.stowage.spi.ManifestReader}).
 *
 * <p>The ordering law that the core keeps over them: bytes are durable before any fact about them,
 * and a fact is gone before its bytes are. So no fact refers to missing bytes, and the worst that a
 * crash leaves behind is bytes that no fact refers to.
 */
@NullMarked
package dev.stowage.spi;

import org.jspecify.annotations.NullMarked;
