package dev.stowage.core.migrate;

import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Repository;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Pushes content into one repository: blobs before the manifests that refer to them, and manifests
 * before the indexes that list them. Used by one thread.
 */
final class ContentPush {
  /** How deep indexes may list indexes; nobody means to go beyond two. */
  private static final int DEEPEST = 16;

  private final Repository repository;
  private final ManifestReader reader;
  private final Contents contents;
  private final Taken taken;
  private final Set<Digest> done = new HashSet<>();

  /** Where the bytes of a digest are. */
  @FunctionalInterface
  interface Contents {
    /** Opens them; nothing if there are none. Nothing about them is trusted. */
    Optional<SeekableByteChannel> open(Digest digest) throws IOException;
  }

  ContentPush(Repository repository, ManifestReader reader, Contents contents, Taken taken) {
    this.repository = repository;
    this.reader = reader;
    this.contents = contents;
    this.taken = taken;
  }

  /**
   * Pushes a manifest with everything that it refers to.
   *
   * @throws dev.stowage.StowageException if it is refused; what it refers to may have been pushed
   */
  void manifest(Digest digest, MediaType type, List<Tag> tags) throws IOException {
    manifest(digest, type, tags, 0);
  }

  private void manifest(Digest digest, MediaType type, List<Tag> tags, int depth)
      throws IOException {
    if (depth > DEEPEST) {
      throw new ManifestInvalidException("indexes list indexes more than " + DEEPEST + " deep");
    }
    if (tags.isEmpty() && done.contains(digest)) {
      return;
    }
    Optional<ByteBuffer> content = read(digest);
    if (content.isEmpty()) {
      throw new ManifestInvalidException("the bytes of manifest " + digest + " are not there");
    }
    // Checked before anything that it names is pushed for it.
    Digest actual = Digest.of(digest.algorithm(), content.get());
    if (!actual.equals(digest)) {
      throw InvalidDigestException.mismatch(digest, actual);
    }
    for (ManifestReference each : reader.read(type, content.get()).references()) {
      reference(each, depth);
    }
    repository.manifests().put(Reference.of(digest), type, content.get(), tags);
    taken.manifest(repository.name(), done.add(digest), tags.size(), digest.toString());
  }

  private void reference(ManifestReference reference, int depth) throws IOException {
    if (reference.role() == EdgeRole.SUBJECT) {
      return;
    }
    if (reference.role() == EdgeRole.CHILD && isManifest(reference.mediaType())) {
      if (repository.manifests().find(Reference.of(reference.digest())).isEmpty()) {
        manifest(reference.digest(), reference.mediaType(), List.of(), depth + 1);
      }
    } else {
      // An absent one is refused by the manifest, unless that may do without it.
      blob(reference.digest(), OptionalLong.of(reference.size()));
    }
  }

  /** An index may list blobs, as build caches do. */
  private static boolean isManifest(MediaType type) {
    String value = type.value();
    return value.contains(".manifest.") || value.contains(".index.");
  }

  /**
   * Pushes a blob.
   *
   * @return whether it is here now
   * @throws dev.stowage.StowageException if its bytes are others
   */
  boolean blob(Digest digest, OptionalLong size) throws IOException {
    if (done.contains(digest)) {
      return true;
    }
    long copied;
    if (isHere(digest)) {
      copied = 0;
    } else {
      Optional<SeekableByteChannel> content = contents.open(digest);
      if (content.isEmpty()) {
        return false;
      }
      try (SeekableByteChannel channel = content.get()) {
        copied = copy(digest, size, channel);
      }
    }
    done.add(digest);
    taken.blob(repository.name(), copied, digest.toString());
    return true;
  }

  private boolean isHere(Digest digest) throws IOException {
    return repository.mount(digest, repository.name()).isPresent()
        || repository.mount(digest, any -> true).isPresent();
  }

  private long copy(Digest digest, OptionalLong size, SeekableByteChannel content)
      throws IOException {
    BlobWriter writer = repository.blobs().create(digest.algorithm());
    try {
      long copied = writer.transferFrom(taken.watching(content, digest.toString()));
      writer.commit(new Provisional(digest, size, Optional.empty()));
      return copied;
    } catch (IOException | RuntimeException e) {
      try {
        writer.cancel();
      } catch (IOException | RuntimeException cancelling) {
        e.addSuppressed(cancelling);
      }
      throw e;
    }
  }

  /** The bytes of a manifest, as many as one may have. */
  Optional<ByteBuffer> read(Digest digest) throws IOException {
    Optional<SeekableByteChannel> content = contents.open(digest);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel channel = content.get()) {
      if (channel.size() > repository.manifests().maxSize()) {
        throw new ManifestTooLargeException(repository.manifests().maxSize());
      }
      return Optional.of(readFully(channel));
    }
  }

  static ByteBuffer readFully(SeekableByteChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate((int) channel.size());
    while (content.hasRemaining()) {
      if (channel.read(content) < 0) {
        throw new EOFException("a file became shorter while it was read");
      }
    }
    return content.flip();
  }
}
