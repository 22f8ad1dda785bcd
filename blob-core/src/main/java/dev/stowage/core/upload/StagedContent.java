package dev.stowage.core.upload;

import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.core.digest.ContentDigester;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The staged bytes of one upload with their digests so far, which always agree: what fails half-way
 * is cut back. Not for use by several threads at a time.
 */
final class StagedContent {
  private final UploadId id;
  private final BlobData data;
  private final UploadCommit commit;
  private ContentDigester digester;
  private Optional<Staging> staging;
  private long size;
  private @Nullable Mark chunk;
  private boolean broken;

  /** Where a chunk began: what the content goes back to if the chunk is not completed. */
  private record Mark(long size, ContentDigester digester) {}

  /** Content without a byte yet, or none of which this process has opened yet. */
  StagedContent(
      UploadId id,
      BlobData data,
      UploadCommit commit,
      Optional<Staging> staging,
      DigestAlgorithm algorithm) {
    this.id = id;
    this.data = data;
    this.commit = commit;
    this.staging = staging;
    this.digester = ContentDigester.of(algorithm);
  }

  boolean isOpen() {
    return staging.isPresent();
  }

  /** The staging of content that is open. */
  Staging staging() {
    return staging.orElseThrow();
  }

  ContentDigester digester() {
    return digester;
  }

  long size() {
    return size;
  }

  /** How many bytes stay whatever becomes of a chunk that is not completed. */
  long settledSize() {
    return chunk == null ? size : chunk.size();
  }

  /** Whether the bytes are in no known state, since they could not be cut back. */
  boolean isBroken() {
    return broken;
  }

  /** Appends bytes; if that fails, none of them. */
  int append(ByteBuffer source) throws IOException {
    Staging open = staging();
    int length = source.remaining();
    ByteBuffer content = source.duplicate();
    try {
      open.write(source);
    } catch (IOException | RuntimeException e) {
      try {
        open.truncate(size);
      } catch (IOException | RuntimeException undoing) {
        e.addSuppressed(undoing);
        broken = true;
      }
      throw e;
    }
    digester.update(content);
    size += length;
    return length;
  }

  /** Begins a chunk at the end. */
  void beginChunk() {
    chunk = new Mark(size, digester.copy());
  }

  /** Keeps what was appended since the chunk began. */
  void completeChunk() {
    chunk = null;
  }

  /** Drops what was appended since a chunk began that was not completed, if there is one. */
  void cutBack() throws IOException {
    Mark mark = chunk;
    if (mark == null) {
      return;
    }
    chunk = null;
    try {
      staging().truncate(mark.size());
    } catch (IOException | RuntimeException e) {
      broken = true;
      throw e;
    }
    size = mark.size();
    digester = mark.digester();
  }

  /**
   * Opens content that is not open.
   *
   * @return whether there is any
   */
  boolean reopen(StagingState state) throws IOException {
    Optional<Staging> found = data.reopen(id, state);
    if (found.isEmpty()) {
      return false;
    }
    Staging open = found.get();
    try {
      if (open.size() != size) {
        // The process is new, or gave the digests up: they are computed from the bytes.
        digester = commit.digest(open, open.size(), DigestAlgorithm.SHA256);
        size = open.size();
      }
    } catch (IOException | RuntimeException e) {
      try (open) {
        throw e;
      }
    }
    staging = found;
    return true;
  }

  /** Closes what is open, for whoever goes on with it later. */
  void close() throws IOException {
    Optional<Staging> open = staging;
    staging = Optional.empty();
    if (open.isPresent()) {
      open.get().close();
    }
  }

  /** Gives the staging away, opened if need be and without its digests; it is open no longer. */
  Optional<Staging> release(StagingState state) throws IOException {
    Optional<Staging> open = staging.isPresent() ? staging : data.reopen(id, state);
    staging = Optional.empty();
    return open;
  }
}
