package dev.stowage.core.blob;

import dev.stowage.blob.BlobDescriptorService;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.MediaType;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.digest.ContentDigester;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;

/** What one repository knows of its blobs besides their bytes. */
public final class RepositoryDescriptors implements BlobDescriptorService {
  private static final int BUFFER = 256 * 1024;

  private final RepositoryName repository;
  private final MetadataStore store;
  private final LinkedContent content;

  /** The descriptors of what {@code repository} links. */
  public RepositoryDescriptors(
      RepositoryName repository, BlobData data, MetadataStore store, Reviews reviews) {
    this.repository = repository;
    this.store = store;
    this.content = new LinkedContent(repository, data, store, reviews);
  }

  @Override
  public Descriptor stat(Digest digest) throws IOException {
    return content.get(digest).descriptor();
  }

  @Override
  public void setDescriptor(Digest digest, Descriptor descriptor) throws IOException {
    Digest canonical = descriptor.digest();
    LinkedBlob blob = content.get(canonical);
    if (blob.blob().size() != descriptor.size()) {
      throw new InvalidLengthException(descriptor.size(), blob.blob().size());
    }
    verify(digest, canonical, blob);
    store.write(
        facts -> {
          linked(facts, canonical);
          Aliases.record(facts, digest, canonical);
          facts.putLink(repository, linked(facts, canonical).as(descriptor.mediaType()));
          return true;
        });
  }

  @Override
  public void clear(Digest digest) throws IOException {
    store.write(
        facts -> {
          Digest canonical =
              Aliases.resolve(facts, digest).orElseThrow(() -> new BlobUnknownException(digest));
          facts.putLink(repository, linked(facts, canonical).as(MediaType.OCTET_STREAM));
          if (!digest.isCanonical() && isOnlyHere(facts, canonical)) {
            facts.removeAlias(digest);
          }
          return true;
        });
  }

  private void verify(Digest digest, Digest canonical, LinkedBlob blob) throws IOException {
    Optional<Digest> known = Aliases.resolve(store, digest);
    if (known.isPresent()) {
      if (!known.get().equals(canonical)) {
        throw InvalidDigestException.mismatch(digest, canonical);
      }
      return;
    }
    Digest actual = digest(digest.algorithm(), canonical, blob);
    if (!actual.equals(digest)) {
      throw InvalidDigestException.mismatch(digest, actual);
    }
  }

  private Digest digest(DigestAlgorithm algorithm, Digest canonical, LinkedBlob blob)
      throws IOException {
    ContentDigester digester = ContentDigester.of(algorithm);
    try (SeekableByteChannel channel = content.open(canonical, blob).channel()) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
      while (channel.read(buffer) >= 0) {
        digester.update(buffer.flip());
        buffer.clear();
      }
    }
    if (!digester.canonical().equals(canonical)) {
      throw new IOException("the bytes of blob " + canonical + " are damaged");
    }
    return digester.digest(algorithm).orElseThrow();
  }

  private BlobLink linked(FactWriter facts, Digest canonical) throws IOException {
    return facts.link(repository, canonical).orElseThrow(() -> new BlobUnknownException(canonical));
  }

  private boolean isOnlyHere(FactWriter facts, Digest canonical) throws IOException {
    List<RepositoryName> here = List.of(repository);
    List<RepositoryName> holders = facts.manifestHolders(canonical, Optional.empty(), 2);
    return facts.linkers(canonical, Optional.empty(), 2).equals(here)
        && (holders.isEmpty() || holders.equals(here));
  }
}
