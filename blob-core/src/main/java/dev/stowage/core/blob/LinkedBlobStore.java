package dev.stowage.core.blob;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.ContentTooLargeException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.core.upload.Uploads;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import java.io.EOFException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import java.util.OptionalLong;

/** The blobs of one repository, for one caller: what it does not link is unknown here. */
public final class LinkedBlobStore implements BlobStore {
  private final RepositoryName repository;
  private final String actor;
  private final BlobData data;
  private final Uploads uploads;
  private final LinkedContent content;
  private final BlobRemoval removal;

  /** The blobs that {@code repository} links, for a caller of the name {@code actor}. */
  public LinkedBlobStore(
      RepositoryName repository,
      String actor,
      BlobData data,
      MetadataStore store,
      Uploads uploads,
      DoomedBytes doomed,
      Reviews reviews,
      RepositoryRules rules) {
    this.repository = repository;
    this.actor = actor;
    this.data = data;
    this.uploads = uploads;
    this.content = new LinkedContent(repository, data, store, reviews);
    this.removal = new BlobRemoval(store, doomed, rules);
  }

  @Override
  public Descriptor stat(Digest digest) throws IOException {
    return content.get(digest).descriptor();
  }

  @Override
  public ByteBuffer get(Digest digest, int limit) throws IOException {
    LinkedContent.Opened opened = content.open(digest, content.get(digest));
    try (SeekableByteChannel channel = opened.channel()) {
      long size = opened.blob().blob().size();
      if (size > limit) {
        throw new ContentTooLargeException(size, limit);
      }
      ByteBuffer buffer = ByteBuffer.allocate((int) size);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer) < 0) {
          throw new EOFException("the bytes of blob " + digest + " end too early");
        }
      }
      return buffer.flip();
    }
  }

  @Override
  public SeekableByteChannel open(Digest digest) throws IOException {
    return content.open(digest, content.get(digest)).channel();
  }

  @Override
  public BlobDelivery serve(Digest digest) throws IOException {
    LinkedBlob blob = content.get(digest);
    Optional<URI> direct = data.directUrl(blob.blob().placement());
    if (direct.isPresent()) {
      return new BlobDelivery.Redirect(blob.descriptor(), direct.get());
    }
    LinkedContent.Opened opened = content.open(digest, blob);
    return new BlobDelivery.Content(opened.blob().descriptor(), opened.channel());
  }

  @Override
  public Descriptor put(MediaType mediaType, ByteBuffer bytes) throws IOException {
    Digest digest = Digest.canonical(bytes);
    Optional<LinkedBlob> known = content.find(digest);
    if (known.isPresent() && known.get().link().mediaType().equals(mediaType)) {
      return known.get().descriptor();
    }
    BlobWriter writer = create();
    try {
      writer.write(bytes.duplicate());
      return writer.commit(
          new Provisional(digest, OptionalLong.of(bytes.remaining()), Optional.of(mediaType)));
    } catch (IOException | RuntimeException e) {
      try {
        writer.cancel();
      } catch (IOException | RuntimeException cancelling) {
        e.addSuppressed(cancelling);
      }
      throw e;
    }
  }

  @Override
  public BlobWriter create() throws IOException {
    return create(DigestAlgorithm.SHA256);
  }

  @Override
  public BlobWriter create(DigestAlgorithm algorithm) throws IOException {
    return uploads.create(repository, actor, algorithm);
  }

  @Override
  public BlobWriter create(Digest expected) throws IOException {
    Optional<LinkedBlob> known = content.find(expected);
    if (known.isPresent()) {
      throw new BlobExistsException(known.get().descriptor());
    }
    return create(expected.algorithm());
  }

  @Override
  public BlobWriter resume(UploadId id) throws IOException {
    return uploads.resume(repository, actor, id);
  }

  @Override
  public void delete(Digest digest) throws IOException {
    removal.remove(repository, digest);
  }
}
