package dev.stowage.spi;

import dev.stowage.blob.Damage;
import java.time.Instant;

/**
 * The fact that a blob was stored and its bytes were found damaged. It takes the place of the
 * blob's record, so that the blob is unknown to everybody who looks for that; its links stay, and
 * its next push makes it known again.
 *
 * @param blob the record that it had
 * @param damage what was found
 * @param since when, in milliseconds precision
 */
public record QuarantinedBlob(StoredBlob blob, Damage damage, Instant since) {}
