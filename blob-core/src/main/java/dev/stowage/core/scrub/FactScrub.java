package dev.stowage.core.scrub;

import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/** Looks at every manifest, and at the facts that have to lead to something. */
final class FactScrub {
  private static final Logger LOG = System.getLogger(FactScrub.class.getName());
  private static final int PAGE = 256;

  private final MetadataStore store;
  private final Findings findings;
  private final Pace pace;

  FactScrub(MetadataStore store, Findings findings, Pace pace) {
    this.store = store;
    this.findings = findings;
    this.pace = pace;
  }

  void run() throws IOException {
    Optional<RepositoryName> last = Optional.empty();
    List<RepositoryName> page;
    do {
      Optional<RepositoryName> after = last;
      page = store.read(facts -> facts.repositories(after, PAGE));
      for (RepositoryName repository : page) {
        manifests(repository);
        links(repository);
        tags(repository);
        last = Optional.of(repository);
      }
    } while (page.size() == PAGE);
  }

  private void manifests(RepositoryName repository) throws IOException {
    Optional<Digest> last = Optional.empty();
    List<Descriptor> page;
    do {
      Optional<Digest> after = last;
      page = store.read(facts -> facts.manifests(repository, after, PAGE));
      for (Descriptor descriptor : page) {
        manifest(repository, descriptor.digest());
        last = Optional.of(descriptor.digest());
      }
    } while (page.size() == PAGE);
  }

  private void manifest(RepositoryName repository, Digest digest) throws IOException {
    findings.sawManifest();
    boolean sound;
    long size = 0;
    try {
      Optional<StoredManifest> manifest = store.manifest(repository, digest);
      size = manifest.map(found -> (long) found.content().remaining()).orElse(0L);
      // An absent one was deleted meanwhile.
      sound = manifest.isEmpty() || Digest.canonical(manifest.get().content()).equals(digest);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "manifest " + digest + " of " + repository + " cannot be read", e);
      sound = false;
    }
    if (!sound) {
      LOG.log(Level.ERROR, "manifest {0} of {1} is damaged; push it again", digest, repository);
      findings.add(new ScrubReport.DamagedManifest(repository, digest));
    }
    pace.read(size);
  }

  private void links(RepositoryName repository) throws IOException {
    Optional<Digest> last = Optional.empty();
    List<BlobLink> page;
    do {
      Optional<Digest> after = last;
      page = store.read(facts -> links(facts, repository, after));
      pace.step();
      last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).digest());
    } while (page.size() == PAGE);
  }

  private List<BlobLink> links(FactReader facts, RepositoryName repository, Optional<Digest> after)
      throws IOException {
    List<BlobLink> page = facts.links(repository, after, PAGE);
    for (BlobLink link : page) {
      if (facts.blob(link.digest()).isEmpty() && facts.quarantined(link.digest()).isEmpty()) {
        findings.add(new ScrubReport.Dangling(repository, "link", link.digest().toString()));
      }
    }
    return page;
  }

  private void tags(RepositoryName repository) throws IOException {
    Optional<Tag> last = Optional.empty();
    List<TagTarget> page;
    do {
      Optional<Tag> after = last;
      page = store.read(facts -> tags(facts, repository, after));
      pace.step();
      last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).tag());
    } while (page.size() == PAGE);
  }

  private List<TagTarget> tags(FactReader facts, RepositoryName repository, Optional<Tag> after)
      throws IOException {
    List<TagTarget> page = facts.tags(repository, after, PAGE);
    for (TagTarget target : page) {
      if (!isThere(facts, repository, target.manifest())) {
        findings.add(new ScrubReport.Dangling(repository, "tag", target.tag().value()));
      }
    }
    return page;
  }

  private static boolean isThere(FactReader facts, RepositoryName repository, Digest manifest) {
    try {
      return facts.manifest(repository, manifest).isPresent();
    } catch (IOException unreadable) {
      // It was met among the manifests, and is a finding of that.
      return true;
    }
  }
}
