package dev.stowage.spi;

import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import java.time.Instant;

/**
 * The fact that an upload is open. It exists before the upload's staging does, and until the
 * transaction that makes the blob's record; so bytes that bear an upload's id are never an orphan's
 * while the fact is there.
 *
 * @param id the upload
 * @param repository where the blob will be linked
 * @param actor the name of the caller who began it
 * @param startedAt when that was, in milliseconds precision
 * @param state what the bytes' engine wants to be handed back
 */
public record UploadFact(
    UploadId id, RepositoryName repository, String actor, Instant startedAt, StagingState state) {}
