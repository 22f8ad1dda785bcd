package dev.stowage.core.review;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Puts up for review what becomes unreferenced, in the transaction in which it does, and takes off
 * what is needed again. So the collector never has to look for garbage.
 *
 * <p>A link's mark is always right. A manifest's may be out of date: it is set, or set anew, when
 * the manifest loses a name, and the collector drops it if the manifest has one again.
 */
public final class Reviews {
  private static final int BATCH = 256;

  private final StoreClock clock;
  private final ReviewRules rules;
  private final Leases leases;

  /** Reviews by the store's clock. */
  public Reviews(StoreClock clock, ReviewRules rules, Leases leases) {
    this.clock = clock;
    this.rules = rules;
    this.leases = leases;
  }

  /** Takes a link off the queue, since a manifest refers to it. */
  public static void needed(FactWriter facts, RepositoryName repository, Digest digest)
      throws IOException {
    Optional<BlobLink> link = facts.link(repository, digest);
    if (link.isPresent() && link.get().review().isPresent()) {
      facts.putLink(repository, link.get().unmarked());
    }
  }

  /** Links a blob for somebody who is told so: its time begins anew. */
  public void link(FactWriter facts, RepositoryName repository, Digest digest, MediaType mediaType)
      throws IOException {
    BlobLink link = new BlobLink(digest, mediaType);
    BlobLink marked =
        rules.plain() || facts.isNeeded(repository, digest)
            ? link
            : link.reviewedFrom(linkDue(facts));
    Optional<BlobLink> before = facts.link(repository, digest);
    if (before.isEmpty()) {
      // What is linked again need not be held: if the link goes, it will be.
      facts.removeHeldLink(repository, digest);
    }
    if (!before.equals(Optional.of(marked))) {
      facts.putLink(repository, marked);
    }
  }

  /** Puts up for review what edges led to that are gone, if no other edge leads there. */
  public void released(FactWriter facts, RepositoryName repository, List<Edge> edges)
      throws IOException {
    for (Edge edge : edges) {
      if (edge.role() != EdgeRole.SUBJECT) {
        releasedLink(facts, repository, edge.to());
      }
      if (edge.role() == EdgeRole.CHILD) {
        unnamed(facts, repository, edge.to());
      }
    }
  }

  /** Puts the referrers of a manifest that is gone up for review. */
  public void subjectGone(FactWriter facts, RepositoryName repository, Digest subject)
      throws IOException {
    if (rules.forManifests(repository).isEmpty()) {
      return;
    }
    Optional<Digest> last = Optional.empty();
    List<Edge> batch;
    do {
      batch = facts.edgesTo(repository, subject, EdgeRole.SUBJECT, last, BATCH);
      for (Edge edge : batch) {
        unnamed(facts, repository, edge.from());
        last = Optional.of(edge.from());
      }
    } while (batch.size() == BATCH);
  }

  /** Puts a manifest that may have lost its last name up for review, if it has. */
  public void unnamed(FactWriter facts, RepositoryName repository, Digest digest)
      throws IOException {
    Optional<Duration> expiry = rules.forManifests(repository);
    if (expiry.isEmpty() || Standing.isNamed(facts, repository, digest)) {
      return;
    }
    Optional<StoredManifest> manifest = facts.manifest(repository, digest);
    if (manifest.isPresent()) {
      StoreTime due = clock.now(facts).plus(expiry.get());
      facts.putManifest(repository, manifest.get().withReview(Optional.of(due)));
    }
  }

  /**
   * Makes sure that something which was found stays for one lease, if it is up for review sooner.
   *
   * @param review from when on it is up for review, as it was read
   * @return whether it must be read again, since the collector may have come first
   * @throws IOException if the thread is interrupted while it waits for the collector
   */
  public boolean promise(RepositoryName repository, Digest digest, Optional<StoreTime> review)
      throws IOException {
    // A mark is only ever put off, so what is due later than that needs no lease.
    if (review.isEmpty() || review.get().compareTo(clock.now().plus(leases.length())) > 0) {
      return false;
    }
    leases.enter(repository, digest);
    return true;
  }

  private void releasedLink(FactWriter facts, RepositoryName repository, Digest digest)
      throws IOException {
    Optional<BlobLink> link = facts.link(repository, digest);
    if (link.isPresent() && !rules.plain() && !facts.isNeeded(repository, digest)) {
      facts.putLink(repository, link.get().reviewedFrom(linkDue(facts)));
    }
  }

  private StoreTime linkDue(FactWriter facts) throws IOException {
    return clock.now(facts).plus(rules.forLinks());
  }
}
