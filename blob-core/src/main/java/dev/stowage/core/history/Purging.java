package dev.stowage.core.history;

import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.Digest;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Holds;
import dev.stowage.maintenance.PurgeReport;
import dev.stowage.maintenance.Purger;
import dev.stowage.maintenance.Removal;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Ends holds, grace and leases. A lease is not asked for: it binds the collector, and this is an
 * explicit deletion. Of a repository it goes through a few at a time, of a digest in one
 * transaction; the bytes go after it.
 */
public final class Purging implements Purger {
  private static final int BATCH = 64;
  private static final String REASON = "purged";
  private static final List<EdgeRole> NEEDS =
      List.of(EdgeRole.CONFIG, EdgeRole.LAYER, EdgeRole.CHILD);

  private final MetadataStore store;
  private final DoomedBytes doomed;

  /** Purges facts of {@code store}, and frees their bytes. */
  public Purging(MetadataStore store, DoomedBytes doomed) {
    this.store = store;
    this.doomed = doomed;
  }

  @Override
  public PurgeReport purge(
      RepositoryName repository, Optional<Digest> digest, Consumer<Removal> each)
      throws IOException {
    Total total = new Total(each);
    if (digest.isPresent()) {
      take(total, store.write(facts -> purge(facts, repository, digest.get())));
    } else {
      while (take(total, store.write(facts -> holds(facts, repository)))) {
        // A few at a time.
      }
      links(repository, total);
    }
    if (total.unfreed > 0) {
      throw new IOException(
          "the bytes of "
              + total.unfreed
              + " purged blobs could not be deleted; every collection tries again");
    }
    return total.report();
  }

  /** What one transaction has purged. */
  private static final class Purged {
    final RepositoryName repository;
    final List<Removal> removals = new ArrayList<>();
    final List<Placement> placements = new ArrayList<>();
    final Set<String> kept = new LinkedHashSet<>();
    Optional<Digest> last = Optional.empty();

    Purged(RepositoryName repository) {
      this.repository = repository;
    }

    void hold(FactWriter facts, Digest manifest) throws IOException {
      removals.add(new Removal.OfHold(repository, manifest, REASON));
      Holds.end(facts, repository, manifest).forEach(this::blob);
    }

    void link(FactWriter facts, Digest digest) throws IOException {
      removals.add(new Removal.OfLink(repository, digest, REASON));
      Holds.unlink(facts, repository, digest).ifPresent(this::blob);
    }

    private void blob(StoredBlob dead) {
      removals.add(new Removal.OfBlob(dead.digest(), dead.size(), REASON));
      placements.add(dead.placement());
    }
  }

  /** What all transactions have purged. */
  private static final class Total {
    private final Consumer<Removal> each;
    private final Set<String> kept = new LinkedHashSet<>();
    private long holds;
    private long links;
    private long blobs;
    private long bytes;
    private long unfreed;

    Total(Consumer<Removal> each) {
      this.each = each;
    }

    void add(Removal removal) {
      if (removal instanceof Removal.OfHold) {
        holds++;
      } else if (removal instanceof Removal.OfLink) {
        links++;
      } else if (removal instanceof Removal.OfBlob blob) {
        blobs++;
        bytes += blob.size();
      }
      each.accept(removal);
    }

    PurgeReport report() {
      return new PurgeReport(holds, links, blobs, bytes, List.copyOf(kept));
    }
  }

  /** Frees what a transaction doomed, and says whether it did anything. */
  private boolean take(Total total, Purged purged) {
    total.unfreed += purged.placements.size() - doomed.free(purged.placements);
    purged.removals.forEach(total::add);
    total.kept.addAll(purged.kept);
    return !purged.removals.isEmpty();
  }

  private static Purged holds(FactWriter facts, RepositoryName repository) throws IOException {
    Purged purged = new Purged(repository);
    for (var held : facts.holds(repository, Optional.empty(), BATCH)) {
      purged.hold(facts, held.digest());
    }
    return purged;
  }

  private void links(RepositoryName repository, Total total) throws IOException {
    Optional<Digest> last = Optional.empty();
    do {
      Optional<Digest> after = last;
      Purged purged = store.write(facts -> links(facts, repository, after));
      take(total, purged);
      last = purged.last;
    } while (last.isPresent());
  }

  private static Purged links(FactWriter facts, RepositoryName repository, Optional<Digest> after)
      throws IOException {
    Purged purged = new Purged(repository);
    List<BlobLink> page = facts.links(repository, after, BATCH);
    for (BlobLink link : page) {
      // A link's mark says that nothing refers to it; where links stay for ever none has one.
      if (link.review().isPresent()) {
        purged.link(facts, link.digest());
        References.elsewhere(facts, repository, link.digest(), purged.kept);
      }
    }
    purged.last =
        page.size() < BATCH ? Optional.empty() : Optional.of(page.get(BATCH - 1).digest());
    return purged;
  }

  private static Purged purge(FactWriter facts, RepositoryName repository, Digest digest)
      throws IOException {
    Digest canonical = Aliases.resolve(facts, digest).orElse(digest);
    Purged purged = new Purged(repository);
    boolean known = false;
    if (facts.manifest(repository, canonical).isPresent()) {
      known = true;
      References.ofManifest(facts, repository, canonical, purged.kept);
    }
    if (facts.hold(repository, canonical).isPresent()) {
      known = true;
      manifest(facts, canonical, purged);
    }
    if (facts.link(repository, canonical).isPresent()
        || facts.heldLink(repository, canonical).isPresent()) {
      known = true;
      blob(facts, canonical, purged);
    }
    if (!known) {
      throw new BlobUnknownException(digest);
    }
    return purged;
  }

  /** Ends a hold, and what only that one kept. */
  private static void manifest(FactWriter facts, Digest manifest, Purged purged)
      throws IOException {
    RepositoryName repository = purged.repository;
    List<Edge> edges = facts.heldEdgesFrom(repository, manifest);
    purged.hold(facts, manifest);
    for (Edge edge : edges) {
      if (edge.role() == EdgeRole.SUBJECT) {
        continue;
      }
      if (facts.isHeld(repository, edge.to())) {
        References.held(facts, repository, edge.to(), purged.kept);
      } else if (facts.hold(repository, edge.to()).isPresent()) {
        manifest(facts, edge.to(), purged);
      }
      unneeded(facts, edge.to(), purged);
    }
  }

  private static void blob(FactWriter facts, Digest digest, Purged purged) throws IOException {
    RepositoryName repository = purged.repository;
    for (EdgeRole role : NEEDS) {
      for (Edge edge : all(facts, repository, digest, role)) {
        purged.hold(facts, edge.from());
      }
    }
    unneeded(facts, digest, purged);
  }

  /** Removes a link that no manifest refers to; says who does where one does. */
  private static void unneeded(FactWriter facts, Digest digest, Purged purged) throws IOException {
    RepositoryName repository = purged.repository;
    if (facts.isNeeded(repository, digest)) {
      References.ofBlob(facts, repository, digest, purged.kept);
    } else if (facts.link(repository, digest).isPresent()) {
      if (facts.isHeld(repository, digest)) {
        return;
      }
      purged.link(facts, digest);
    }
    References.elsewhere(facts, repository, digest, purged.kept);
  }

  private static List<Edge> all(
      FactReader facts, RepositoryName repository, Digest target, EdgeRole role)
      throws IOException {
    List<Edge> all = new ArrayList<>();
    List<Edge> page;
    do {
      Optional<Digest> last =
          all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1).from());
      page = facts.heldEdgesTo(repository, target, role, last, BATCH);
      all.addAll(page);
    } while (page.size() == BATCH);
    return all;
  }
}
