package dev.stowage.core.catalog;

import dev.stowage.Actor;
import dev.stowage.blob.BlobDescriptorService;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.core.blob.LinkedBlobStore;
import dev.stowage.core.blob.RepositoryDescriptors;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.manifest.RepositoryManifests;
import dev.stowage.core.manifest.RepositoryReferrers;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.core.tag.RepositoryTags;
import dev.stowage.core.upload.Uploads;
import dev.stowage.registry.Manifests;
import dev.stowage.registry.Page;
import dev.stowage.registry.Referrers;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tags;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One repository, for one caller: its name and what the store keeps under it. */
final class LinkedRepository implements Repository {
  private final RepositoryName name;
  private final MetadataStore store;
  private final BlobStore blobs;
  private final BlobDescriptorService descriptors;
  private final Manifests manifests;
  private final Tags tags;
  private final Referrers referrers;
  private final Mounting mounting;

  LinkedRepository(
      RepositoryName name,
      Actor actor,
      BlobData data,
      MetadataStore store,
      ManifestReader reader,
      Uploads uploads,
      DoomedBytes doomed,
      Reviews reviews,
      Journal journal,
      RepositoryRules rules) {
    this.name = name;
    this.store = store;
    this.blobs =
        new LinkedBlobStore(name, actor.name(), data, store, uploads, doomed, reviews, rules);
    this.descriptors = new RepositoryDescriptors(name, data, store, reviews);
    this.manifests =
        new RepositoryManifests(name, store, reader, reviews, journal.by(actor.name()), rules);
    this.tags = new RepositoryTags(name, store);
    this.referrers = new RepositoryReferrers(name, store);
    this.mounting = new Mounting(name, store, reviews);
  }

  @Override
  public RepositoryName name() {
    return name;
  }

  @Override
  public BlobStore blobs() {
    return blobs;
  }

  @Override
  public BlobDescriptorService descriptors() {
    return descriptors;
  }

  @Override
  public Manifests manifests() {
    return manifests;
  }

  @Override
  public Tags tags() {
    return tags;
  }

  @Override
  public Referrers referrers() {
    return referrers;
  }

  @Override
  public Optional<Descriptor> mount(Digest digest, RepositoryName from) throws IOException {
    return mounting.mount(digest, from);
  }

  @Override
  public Optional<Descriptor> mount(Digest digest, Predicate<RepositoryName> readable)
      throws IOException {
    return mounting.mount(digest, readable);
  }

  @Override
  public Page<Descriptor> listBlobs(Optional<Digest> after, int limit) throws IOException {
    return limit == 0
        ? Page.empty()
        : Page.cut(store.read(facts -> descriptors(facts, after, limit + 1)), limit);
  }

  private List<Descriptor> descriptors(FactReader facts, Optional<Digest> after, int limit)
      throws IOException {
    List<Descriptor> descriptors = new ArrayList<>();
    Optional<Digest> last = after;
    List<BlobLink> links;
    do {
      links = facts.links(name, last, limit - descriptors.size());
      for (BlobLink link : links) {
        last = Optional.of(link.digest());
        Optional<StoredBlob> blob = facts.blob(link.digest());
        if (blob.isPresent()) {
          descriptors.add(new Descriptor(link.mediaType(), blob.get().size(), link.digest()));
        } else if (facts.quarantined(link.digest()).isEmpty()) {
          throw new IOException("the record of " + link.digest() + " is missing");
        }
      }
    } while (descriptors.size() < limit && !links.isEmpty());
    return descriptors;
  }
}
