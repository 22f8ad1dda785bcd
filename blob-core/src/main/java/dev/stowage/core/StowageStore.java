package dev.stowage.core;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobDescriptorService;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/**
 * A verified, deduplicating blob store without any registry: one set of blobs, for one program,
 * which keeps each of them until that program deletes it.
 *
 * <p>Closing it is as closing a {@link StowageRegistry}: the bytes and the facts are closed by
 * whoever opened them, after it.
 */
public final class StowageStore implements BlobStore, Closeable {
  private static final RepositoryName ONLY = new RepositoryName("store");

  private final StowageRegistry registry;
  private final Repository repository;

  private StowageStore(StowageRegistry registry) {
    this.registry = registry;
    this.repository = registry.repository(ONLY);
  }

  /**
   * Opens a store and finishes what an earlier one was interrupted in.
   *
   * @param data the bytes
   * @param store the facts about them
   * @param options how the store behaves
   * @throws IOException if the bytes or the facts cannot be read or written
   */
  public static StowageStore open(BlobData data, MetadataStore store, CoreOptions options)
      throws IOException {
    return new StowageStore(
        StowageRegistry.open(
            data,
            store,
            (mediaType, content) -> {
              throw new ManifestInvalidException("this store takes no manifests");
            },
            options.withCollection(options.collection().withPlain(true))));
  }

  /** What is known of the blobs besides their bytes. */
  public BlobDescriptorService descriptors() {
    return repository.descriptors();
  }

  @Override
  public Descriptor stat(Digest digest) throws IOException {
    return repository.blobs().stat(digest);
  }

  @Override
  public ByteBuffer get(Digest digest, int limit) throws IOException {
    return repository.blobs().get(digest, limit);
  }

  @Override
  public SeekableByteChannel open(Digest digest) throws IOException {
    return repository.blobs().open(digest);
  }

  @Override
  public BlobDelivery serve(Digest digest) throws IOException {
    return repository.blobs().serve(digest);
  }

  @Override
  public Descriptor put(MediaType mediaType, ByteBuffer content) throws IOException {
    return repository.blobs().put(mediaType, content);
  }

  @Override
  public BlobWriter create() throws IOException {
    return repository.blobs().create();
  }

  @Override
  public BlobWriter create(DigestAlgorithm algorithm) throws IOException {
    return repository.blobs().create(algorithm);
  }

  @Override
  public BlobWriter create(Digest expected) throws IOException {
    return repository.blobs().create(expected);
  }

  @Override
  public BlobWriter resume(UploadId id) throws IOException {
    return repository.blobs().resume(id);
  }

  @Override
  public void delete(Digest digest) throws IOException {
    repository.blobs().delete(digest);
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
