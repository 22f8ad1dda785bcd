package dev.stowage.adapter.http.oci;

import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.registry.NameInvalidException;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;

/**
 * Begins an upload (end-4a, 4c), unless the blob can be mounted (end-11) or comes with the request
 * (end-4b).
 *
 * <p>A request that has both {@code mount} and {@code digest} is a mount with a blob for the case
 * that there is nothing to mount.
 */
final class StartUpload implements Operation {
  private final PutWholeBlob whole = new PutWholeBlob();

  @Override
  public void handle(Exchange exchange) throws IOException {
    Optional<Digest> mount = exchange.query().one("mount").map(Digest::parse);
    Optional<Digest> digest = exchange.query().one("digest").map(Digest::parse);
    Optional<DigestAlgorithm> algorithm =
        exchange.query().one("digest-algorithm").map(DigestAlgorithm::of);
    if (mount.isPresent() && mounted(exchange, mount.get())) {
      UploadAnswer.created(exchange, mount.get());
    } else if (digest.isPresent()) {
      whole.handle(exchange, digest.get());
    } else {
      begin(exchange, algorithm.or(() -> mount.map(Digest::algorithm)));
    }
  }

  private static boolean mounted(Exchange exchange, Digest digest) throws IOException {
    Repository repository = exchange.repository();
    Optional<String> from = exchange.query().nonEmpty("from");
    if (from.isEmpty()) {
      return repository.mount(digest, exchange.caller()::mayRead).isPresent();
    }
    Optional<RepositoryName> source = name(from.get()).filter(exchange.caller()::mayRead);
    Optional<Descriptor> mounted =
        source.isEmpty() ? Optional.empty() : repository.mount(digest, source.get());
    return mounted.isPresent();
  }

  /** A name that no repository can have holds nothing, like one that no repository has. */
  private static Optional<RepositoryName> name(String text) {
    try {
      return Optional.of(new RepositoryName(text));
    } catch (NameInvalidException e) {
      return Optional.empty();
    }
  }

  private static void begin(Exchange exchange, Optional<DigestAlgorithm> algorithm)
      throws IOException {
    BlobStore blobs = exchange.repository().blobs();
    try (BlobWriter writer =
        algorithm.isPresent() ? blobs.create(algorithm.get()) : blobs.create()) {
      UploadAnswer.put(exchange, writer.id(), writer.size());
    }
    exchange.end(202);
  }
}
