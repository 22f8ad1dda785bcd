package dev.stowage.core.upload;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.digest.ContentDigester;
import dev.stowage.core.journal.QuarantinedBytes;
import dev.stowage.core.review.Reviews;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.UploadFact;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Ends uploads: as a blob, or as nothing.
 *
 * <p>The order is the ordering law's. Bytes are placed, durably, before the one transaction that
 * records the blob, links it and forgets the upload; an upload is forgotten before its bytes are
 * discarded.
 */
final class UploadCommit {
  private static final Logger LOG = System.getLogger(UploadCommit.class.getName());
  private static final int BUFFER = 256 * 1024;

  private final BlobData data;
  private final MetadataStore store;
  private final DoomedBytes doomed;
  private final Reviews reviews;

  /** Content that is what its pusher claimed. */
  record Verified(Digest canonical, Digest name, long size, Optional<MediaType> mediaType) {}

  /** What became of a commit, and the bytes that nothing refers to after it. */
  private record Recorded(Descriptor descriptor, Optional<Placement> superfluous) {}

  UploadCommit(BlobData data, MetadataStore store, DoomedBytes doomed, Reviews reviews) {
    this.data = data;
    this.store = store;
    this.doomed = doomed;
    this.reviews = reviews;
  }

  /** Compares what was staged with what is claimed of it; reads it again only if it must. */
  Verified verify(Staging staging, long size, ContentDigester digester, Provisional claim)
      throws IOException {
    DigestAlgorithm algorithm = claim.digest().algorithm();
    Optional<Digest> known = digester.digest(algorithm);
    Digest actual =
        known.isPresent()
            ? known.get()
            : digest(staging, size, algorithm).digest(algorithm).orElseThrow();
    if (!actual.equals(claim.digest())) {
      throw InvalidDigestException.mismatch(claim.digest(), actual);
    }
    return new Verified(digester.canonical(), claim.digest(), size, claim.mediaType());
  }

  /** Digests the first {@code size} staged bytes. */
  ContentDigester digest(Staging staging, long size, DigestAlgorithm algorithm) throws IOException {
    ContentDigester digester = ContentDigester.of(algorithm);
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(1, size)));
    for (long position = 0; position < size; ) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), size - position));
      int read = staging.read(buffer, position);
      if (read < 0) {
        throw new EOFException("the staged bytes of upload " + staging.id() + " end too early");
      }
      digester.update(buffer.flip());
      position += read;
    }
    return digester;
  }

  /** Makes verified bytes a blob. The staging is used up in every case. */
  Descriptor commit(UploadFact upload, Staging staging, Verified content) throws IOException {
    Optional<Descriptor> linked = linkKnown(upload, staging, content);
    if (linked.isPresent()) {
      discard(staging);
      return linked.get();
    }
    Placement placement = place(upload, staging, content);
    Recorded recorded = store.write(facts -> record(facts, upload, content, placement));
    recorded.superfluous().ifPresent(doomed::free);
    return recorded.descriptor();
  }

  /** Forgets an upload and discards its bytes. */
  void abandon(UploadFact upload, Staging staging) throws IOException {
    try {
      forget(upload);
    } finally {
      staging.discard();
    }
  }

  /** Keeps what the bytes' engine wants to be handed back. */
  UploadFact remember(UploadFact upload, StagingState state) throws IOException {
    UploadFact updated =
        new UploadFact(upload.id(), upload.repository(), upload.actor(), upload.startedAt(), state);
    store.write(
        facts -> {
          facts.putUpload(updated);
          return true;
        });
    return updated;
  }

  /** Forgets an upload whose bytes are gone. */
  void forget(UploadFact upload) throws IOException {
    store.write(
        facts -> {
          facts.removeUpload(upload.id());
          return true;
        });
  }

  /** Content that is stored already needs no second copy, only a link. */
  private Optional<Descriptor> linkKnown(UploadFact upload, Staging staging, Verified content)
      throws IOException {
    try {
      if (store.read(facts -> facts.blob(content.canonical())).isEmpty()) {
        return Optional.empty();
      }
      return store.write(
          facts ->
              facts.blob(content.canonical()).isEmpty()
                  ? Optional.empty()
                  : Optional.of(link(facts, upload, content)));
    } catch (IOException | RuntimeException e) {
      try {
        staging.discard();
      } catch (IOException discarding) {
        e.addSuppressed(discarding);
      }
      throw e;
    }
  }

  private Placement place(UploadFact upload, Staging staging, Verified content) throws IOException {
    try {
      return data.place(staging, content.canonical());
    } catch (IOException | RuntimeException e) {
      try {
        forget(upload);
      } catch (IOException forgetting) {
        e.addSuppressed(forgetting);
      }
      throw e;
    }
  }

  private Recorded record(
      FactWriter facts, UploadFact upload, Verified content, Placement placement)
      throws IOException {
    Optional<Placement> superfluous;
    if (facts.blob(content.canonical()).isPresent()) {
      facts.putDoomed(placement);
      superfluous = Optional.of(placement);
    } else {
      facts.putBlob(new StoredBlob(content.canonical(), content.size(), placement));
      superfluous = QuarantinedBytes.doom(facts, content.canonical());
    }
    return new Recorded(link(facts, upload, content), superfluous);
  }

  private Descriptor link(FactWriter facts, UploadFact upload, Verified content)
      throws IOException {
    if (!facts.hasRepository(upload.repository())) {
      facts.putRepository(upload.repository());
    }
    Optional<MediaType> linkedAs =
        facts.link(upload.repository(), content.canonical()).map(BlobLink::mediaType);
    MediaType mediaType = content.mediaType().or(() -> linkedAs).orElse(MediaType.OCTET_STREAM);
    // The alias first, since manifests may have been waiting for the blob by this name.
    Aliases.record(facts, content.name(), content.canonical());
    reviews.link(facts, upload.repository(), content.canonical(), mediaType);
    facts.removeUpload(upload.id());
    return new Descriptor(mediaType, content.size(), content.canonical());
  }

  static void discard(Staging staging) {
    try {
      staging.discard();
    } catch (IOException e) {
      LOG.log(
          Level.WARNING, "the staged bytes of upload " + staging.id() + " could not be removed", e);
    }
  }
}
