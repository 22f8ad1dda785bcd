package dev.stowage.app.property;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;

/** A way to upload, by requests that hold an upload only while they run. */
interface UploadDoor {
  UploadId create(RepositoryName repository, DigestAlgorithm algorithm) throws IOException;

  Outcome append(RepositoryName repository, UploadId id, byte[] bytes) throws IOException;

  /** Appends a chunk that is announced as {@code length} bytes at an offset. */
  Outcome chunk(RepositoryName repository, UploadId id, long offset, long length, byte[] bytes)
      throws IOException;

  Outcome status(RepositoryName repository, UploadId id) throws IOException;

  Outcome cancel(RepositoryName repository, UploadId id) throws IOException;

  /** Appends the last bytes and commits. */
  Outcome commit(RepositoryName repository, UploadId id, byte[] last, Digest digest)
      throws IOException;

  /** Commits with a claim of another size than the upload has. */
  Outcome commitOfWrongSize(RepositoryName repository, UploadId id, Digest digest, long size)
      throws IOException;

  /**
   * Two requests to one upload: while the first is being sent, the second comes and ends.
   *
   * @param first what the first request sends, at least two bytes
   * @param chunk whether the first is a chunk
   * @param size where the upload stands
   */
  Takeover takeOver(
      RepositoryName repository, UploadId id, byte[] first, boolean chunk, long size, byte[] second)
      throws IOException;

  /** The bytes of a blob. */
  Optional<byte[]> blob(RepositoryName repository, Digest digest) throws IOException;

  /**
   * What became of two requests.
   *
   * @param kept how many of the first one's bytes came in for good
   */
  record Takeover(Outcome first, int kept, Outcome second) {}
}
