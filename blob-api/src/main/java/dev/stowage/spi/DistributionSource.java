package dev.stowage.spi;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store of the distribution registry (its version 2), which is read while nobody writes to it.
 * What stands in it under a name that cannot be one is told and left out. Used by one thread.
 */
public interface DistributionSource extends Closeable {
  /**
   * The repositories, by name.
   *
   * @param strange hears of what is none
   */
  List<RepositoryName> repositories(Consumer<String> strange) throws IOException;

  /** The digests of the blobs that a repository links, in order. */
  List<Digest> layers(RepositoryName repository, Consumer<String> strange) throws IOException;

  /** The digests of a repository's manifests, in order. */
  List<Digest> manifests(RepositoryName repository, Consumer<String> strange) throws IOException;

  /** A repository's tags, by name, and the digests that they point at. */
  Map<Tag, Digest> tags(RepositoryName repository, Consumer<String> strange) throws IOException;

  /** Opens the bytes of a digest; nothing if there are none. */
  Optional<SeekableByteChannel> open(Digest digest) throws IOException;
}
