package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * Moves bytes, and knows no repository: received bytes become immutable, durable content.
 *
 * <p>Safe for use by many threads; a {@link Staging} is used by one at a time.
 *
 * <p>A failed force is final. The medium may report the error once and call the next force a
 * success with the data lost, so the bytes of a failed force are never used again.
 */
public interface BlobData extends Closeable {
  /**
   * Begins a staging.
   *
   * @param id the upload; it has no staging yet
   * @throws IOException if it cannot be begun; nothing is then left of it
   */
  Staging stage(UploadId id) throws IOException;

  /**
   * Goes on with a staging at its length.
   *
   * @param id the upload
   * @param state the staging's state when it was closed
   * @return the staging, or nothing if none of this boot of the machine exists
   * @throws IOException if it exists and cannot be opened
   */
  Optional<Staging> reopen(UploadId id, StagingState state) throws IOException;

  /**
   * Makes a staging an immutable blob. When this returns, the bytes and their name survive a loss
   * of power. The staging is closed in every case.
   *
   * @param staging a staging of this instance, open
   * @param digest the canonical digest of its bytes, which the caller has checked
   * @return where the bytes lie now
   * @throws IOException if they cannot be made durable; the bytes are then discarded
   */
  Placement place(Staging staging, Digest digest) throws IOException;

  /**
   * Opens placed bytes for reading. The channel stays readable while they are deleted under it.
   * Where the bytes lie in a file it is a {@link java.nio.channels.FileChannel} over just them.
   *
   * @throws java.nio.file.NoSuchFileException if there are none at that placement
   * @throws IOException if they cannot be opened
   */
  SeekableByteChannel open(Placement placement) throws IOException;

  /**
   * An address from which anybody may fetch the bytes for a limited time, where the engine can give
   * one.
   *
   * @throws IOException if the engine cannot be asked
   */
  default Optional<URI> directUrl(Placement placement) throws IOException {
    return Optional.empty();
  }

  /**
   * Removes placed bytes; absent ones are no error. When this returns they take no more space once
   * the last reader has closed them; the removal itself need not survive a loss of power.
   *
   * @throws IOException if they cannot be removed
   */
  void delete(Placement placement) throws IOException;

  /**
   * The placements, in an order of the engine's own that stays the same. What is placed or deleted
   * meanwhile may be listed or not.
   *
   * @param after the placement after which the page begins
   * @param limit the most items to return, at least 1; fewer only at the end
   * @throws IOException if they cannot be listed
   */
  List<Placement> placements(Optional<Placement> after, int limit) throws IOException;

  /**
   * The stagings that exist, of this boot or an earlier one.
   *
   * @param after the upload after which the page begins
   * @param limit the most items to return, at least 1; fewer only at the end
   * @throws IOException if they cannot be listed
   */
  List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException;

  /**
   * Removes what is left of a staging that nobody has open, of this boot or an earlier one. An
   * absent one is no error.
   *
   * @throws IOException if it cannot be removed
   */
  void discard(UploadId id) throws IOException;

  /**
   * What a placement says of itself; no byte is read for it.
   *
   * @throws IOException if it is no placement of this engine
   */
  PlacedAs placedAs(Placement placement) throws IOException;
}
