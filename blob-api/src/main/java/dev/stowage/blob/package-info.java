/**
 * The blob store: content that is named by its digest, verified as it arrives and stored once.
 *
 * <p>{@link dev.stowage.blob.BlobStore} is what most callers want. It is made of small contracts,
 * so that code can ask for no more than it needs:
 *
 * <ul>
 *   <li>{@link dev.stowage.blob.BlobStatter}, {@link dev.stowage.blob.BlobProvider} and {@link
 *       dev.stowage.blob.BlobServer} read,
 *   <li>{@link dev.stowage.blob.BlobIngester} and {@link dev.stowage.blob.BlobWriter} write,
 *   <li>{@link dev.stowage.blob.BlobDeleter} removes.
 * </ul>
 *
 * <p>Refusals are unchecked {@link dev.stowage.StowageException}s; failures of the medium are
 * checked {@link java.io.IOException}s. Unless a type says otherwise it is safe for use by any
 * number of threads.
 */
@NullMarked
package dev.stowage.blob;

import org.jspecify.annotations.NullMarked;
