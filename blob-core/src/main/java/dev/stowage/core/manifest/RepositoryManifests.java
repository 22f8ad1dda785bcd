package dev.stowage.core.manifest;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.MediaType;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.registry.Manifest;
import dev.stowage.registry.ManifestTooLargeException;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.Manifests;
import dev.stowage.registry.Page;
import dev.stowage.registry.PushedManifest;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.ManifestContent;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.ManifestReference;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The manifests of one repository. */
public final class RepositoryManifests implements Manifests {
  private final RepositoryName repository;
  private final MetadataStore store;
  private final ManifestReader reader;
  private final Reviews reviews;
  private final Journal journal;
  private final RepositoryRules rules;

  /** The manifests of {@code repository}. */
  public RepositoryManifests(
      RepositoryName repository,
      MetadataStore store,
      ManifestReader reader,
      Reviews reviews,
      Journal journal,
      RepositoryRules rules) {
    this.repository = repository;
    this.store = store;
    this.reader = reader;
    this.reviews = reviews;
    this.journal = journal;
    this.rules = rules;
  }

  @Override
  public Manifest get(Reference reference) throws IOException {
    return find(reference).orElseThrow(() -> new ManifestUnknownException(reference));
  }

  @Override
  public Optional<Manifest> find(Reference reference) throws IOException {
    if (reference instanceof Reference.ByTag byTag) {
      return findByTag(byTag.tag());
    }
    Digest digest = ((Reference.ByDigest) reference).digest();
    Optional<Digest> canonical = Aliases.resolve(store, digest);
    return canonical.isEmpty()
        ? Optional.empty()
        : findPromised(canonical.get()).map(found -> named(digest, found));
  }

  /** Finds a manifest. Whoever is told that it is here may rely on it for one lease. */
  private Optional<StoredManifest> findPromised(Digest canonical) throws IOException {
    Optional<StoredManifest> found = store.manifest(repository, canonical);
    return found.isPresent() && reviews.promise(repository, canonical, found.get().review())
        ? store.manifest(repository, canonical)
        : found;
  }

  @Override
  public PushedManifest put(
      Reference reference, MediaType mediaType, ByteBuffer content, List<Tag> tags)
      throws IOException {
    if (content.remaining() > rules.maxManifestSize()) {
      throw new ManifestTooLargeException(rules.maxManifestSize());
    }
    Digest canonical = Digest.canonical(content);
    Digest name = verified(reference, content, canonical);
    ManifestContent document = reader.read(mediaType, content);
    Descriptor descriptor = new Descriptor(mediaType, content.remaining(), canonical);
    Set<Tag> all = new LinkedHashSet<>();
    if (reference instanceof Reference.ByTag byTag) {
      all.add(byTag.tag());
    }
    all.addAll(tags);
    ManifestPush push =
        new ManifestPush(
            repository,
            new StoredManifest(descriptor, name, content),
            document,
            all,
            rules.clock().instant().truncatedTo(ChronoUnit.MILLIS),
            rules.sparseManifests(),
            reviews,
            journal);
    store.write(
        facts -> {
          push.run(facts);
          return true;
        });
    return new PushedManifest(
        name, descriptor, List.copyOf(all), document.subject().map(ManifestReference::digest));
  }

  @Override
  public void delete(Reference reference) throws IOException {
    rules.requireDeletes();
    ManifestRemoval removal =
        new ManifestRemoval(repository, reference, rules.referencesProtected(), reviews, journal);
    store.write(
        facts -> {
          removal.run(facts);
          return true;
        });
  }

  @Override
  public int maxSize() {
    return rules.maxManifestSize();
  }

  @Override
  public Page<Descriptor> list(Optional<Digest> after, int limit) throws IOException {
    return limit == 0
        ? Page.empty()
        : Page.cut(store.read(facts -> facts.manifests(repository, after, limit + 1)), limit);
  }

  private static Digest verified(Reference reference, ByteBuffer content, Digest canonical) {
    if (!(reference instanceof Reference.ByDigest byDigest)) {
      return canonical;
    }
    Digest claimed = byDigest.digest();
    Digest actual = claimed.isCanonical() ? canonical : Digest.of(claimed.algorithm(), content);
    if (!actual.equals(claimed)) {
      throw InvalidDigestException.mismatch(claimed, actual);
    }
    return claimed;
  }

  private Optional<Manifest> findByTag(Tag tag) throws IOException {
    Optional<TagTarget> target = store.tag(repository, tag);
    if (target.isEmpty()) {
      return Optional.empty();
    }
    Optional<StoredManifest> manifest = findPromised(target.get().manifest());
    if (manifest.isPresent()) {
      return Optional.of(named(target.get().pushedWith(), manifest.get()));
    }
    // The tag was moved and its old manifest deleted between the two reads.
    return store.read(facts -> findByTag(facts, tag));
  }

  private Optional<Manifest> findByTag(FactReader facts, Tag tag) throws IOException {
    Optional<TagTarget> target = facts.tag(repository, tag);
    return target.isEmpty()
        ? Optional.empty()
        : facts
            .manifest(repository, target.get().manifest())
            .map(found -> named(target.get().pushedWith(), found));
  }

  private static Manifest named(Digest name, StoredManifest found) {
    return new Manifest(name, found.descriptor(), found.content());
  }
}
