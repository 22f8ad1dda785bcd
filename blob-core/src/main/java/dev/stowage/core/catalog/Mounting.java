package dev.stowage.core.catalog;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.review.Reviews;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Links blobs of other repositories into one repository. */
final class Mounting {
  /** How many repositories an anonymous mount looks at. */
  private static final int CANDIDATES = 1_000;

  private final RepositoryName repository;
  private final MetadataStore store;
  private final Reviews reviews;

  Mounting(RepositoryName repository, MetadataStore store, Reviews reviews) {
    this.repository = repository;
    this.store = store;
    this.reviews = reviews;
  }

  Optional<Descriptor> mount(Digest digest, RepositoryName from) throws IOException {
    // Most mounts that fail do so because the source never had the blob: no write is needed then.
    return store.read(facts -> find(facts, digest, from)).isEmpty()
        ? Optional.empty()
        : store.write(facts -> link(facts, digest, from));
  }

  Optional<Descriptor> mount(Digest digest, Predicate<RepositoryName> readable) throws IOException {
    for (RepositoryName candidate : store.read(facts -> candidates(facts, digest))) {
      if (readable.test(candidate)) {
        Optional<Descriptor> mounted = mount(digest, candidate);
        if (mounted.isPresent()) {
          return mounted;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Descriptor> link(FactWriter facts, Digest digest, RepositoryName from)
      throws IOException {
    Optional<LinkedBlob> source = find(facts, digest, from);
    if (source.isEmpty()) {
      return Optional.empty();
    }
    Optional<LinkedBlob> here = find(facts, digest, repository);
    if (!facts.hasRepository(repository)) {
      facts.putRepository(repository);
    }
    Descriptor descriptor = here.orElse(source.get()).descriptor();
    reviews.link(facts, repository, descriptor.digest(), descriptor.mediaType());
    return Optional.of(descriptor);
  }

  private static List<RepositoryName> candidates(FactReader facts, Digest digest)
      throws IOException {
    Optional<Digest> canonical = Aliases.resolve(facts, digest);
    return canonical.isEmpty()
        ? List.of()
        : facts.linkers(canonical.get(), Optional.empty(), CANDIDATES);
  }

  private static Optional<LinkedBlob> find(
      FactReader facts, Digest digest, RepositoryName repository) throws IOException {
    Optional<Digest> canonical = Aliases.resolve(facts, digest);
    if (canonical.isEmpty()) {
      return Optional.empty();
    }
    Optional<BlobLink> link = facts.link(repository, canonical.get());
    Optional<StoredBlob> blob = facts.blob(canonical.get());
    return link.isEmpty() || blob.isEmpty()
        ? Optional.empty()
        : Optional.of(new LinkedBlob(link.get(), blob.get()));
  }
}
