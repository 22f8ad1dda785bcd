package dev.stowage.core.history;

import dev.stowage.blob.Digest;
import dev.stowage.core.collect.Collector;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Leases;
import dev.stowage.core.review.ReviewRules;
import dev.stowage.core.review.Standing;
import dev.stowage.core.review.StoreClock;
import dev.stowage.maintenance.Explainer;
import dev.stowage.maintenance.Explanation;
import dev.stowage.maintenance.Explanation.State;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.ManifestUnknownException;
import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Reference;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads off the facts why something is kept, by the rules by which the collector decides. */
public final class Explaining implements Explainer {
  private static final int COUNTED = 1_000;

  private final MetadataStore store;
  private final Collector collector;
  private final StoreClock clock;
  private final ReviewRules rules;
  private final Leases leases;
  private final Journal journal;

  /** Explains what {@code collector} does, over the parts that it uses as well. */
  public Explaining(
      MetadataStore store,
      Collector collector,
      StoreClock clock,
      ReviewRules rules,
      Leases leases,
      Journal journal) {
    this.store = store;
    this.collector = collector;
    this.clock = clock;
    this.rules = rules;
    this.leases = leases;
    this.journal = journal;
  }

  @Override
  public Explanation explain(RepositoryName repository, Optional<Reference> reference)
      throws IOException {
    if (!store.read(facts -> facts.hasRepository(repository))) {
      throw new NameUnknownException(repository);
    }
    if (reference.isEmpty()) {
      return store.read(facts -> repository(facts, repository));
    }
    if (reference.get() instanceof Reference.ByTag byTag) {
      Optional<String> retired = collector.retires(repository, byTag.tag());
      return store.read(facts -> tag(facts, repository, byTag.tag(), retired));
    }
    Digest digest = ((Reference.ByDigest) reference.get()).digest();
    return store.read(
        facts -> {
          List<String> lines = new ArrayList<>();
          Digest canonical = Aliases.resolve(facts, digest).orElse(digest);
          Optional<State> manifest = manifest(facts, repository, canonical, lines);
          Optional<State> blob = blob(facts, repository, canonical, lines);
          Optional<State> state = manifest.isPresent() ? manifest : blob;
          return new Explanation(
              state.orElseThrow(() -> new ManifestUnknownException(reference.get())), lines);
        });
  }

  private Explanation repository(FactReader facts, RepositoryName repository) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(count(facts.tags(repository, Optional.empty(), COUNTED + 1)) + " tags");
    lines.add(count(facts.manifests(repository, Optional.empty(), COUNTED + 1)) + " manifests");
    lines.add(count(facts.links(repository, Optional.empty(), COUNTED + 1)) + " blobs");
    lines.add(
        count(facts.holds(repository, Optional.empty(), COUNTED + 1))
            + " deleted manifests that can be restored");
    lines.add(
        rules
            .forManifests(repository)
            .map(time -> "manifests that nothing names go after " + Words.of(time))
            .orElse("manifests that nothing names are kept"));
    lines.add(collector.retention(repository).orElse("all tags are kept"));
    lines.add(
        rules.plain()
            ? "blobs are kept for ever"
            : "blobs that no manifest refers to go after " + Words.of(rules.forLinks()));
    lines.add(
        journal.isKept()
            ? "what is deleted can be restored for " + Words.of(journal.window())
            : "what is deleted cannot be restored");
    return new Explanation(State.KEPT, lines);
  }

  private static String count(List<?> page) {
    return page.size() > COUNTED ? "more than " + COUNTED : String.valueOf(page.size());
  }

  private Explanation tag(
      FactReader facts, RepositoryName repository, Tag tag, Optional<String> retired)
      throws IOException {
    List<String> lines = new ArrayList<>();
    Optional<TagTarget> target = facts.tag(repository, tag);
    if (target.isEmpty()) {
      List<HistoryFact> last = facts.history(repository, tag, Optional.empty(), 1);
      if (last.isEmpty()) {
        throw new ManifestUnknownException(Reference.of(tag));
      }
      HistoryEntry entry = last.get(0).entry();
      lines.add("tag " + tag + " was deleted at " + entry.at() + " by " + entry.actor());
      Optional<Digest> from = entry.from().map(HistoryEntry.Version::manifest);
      Optional<State> state = Optional.empty();
      if (from.isPresent()) {
        lines.add("it pointed at manifest " + from.get());
        state = manifest(facts, repository, from.get(), lines);
      }
      return new Explanation(state.isPresent() ? State.HELD : State.GONE, lines);
    }
    lines.add(
        "tag "
            + tag
            + " points at manifest "
            + target.get().manifest()
            + " since "
            + target.get().movedAt());
    if (retired.isPresent()) {
      lines.add("the next collection removes the tag: " + retired.get());
    }
    manifest(facts, repository, target.get().manifest(), lines);
    return new Explanation(retired.isPresent() ? State.GOING : State.KEPT, lines);
  }

  /** Explains a manifest, if there is one or was. */
  private Optional<State> manifest(
      FactReader facts, RepositoryName repository, Digest digest, List<String> lines)
      throws IOException {
    Optional<StoredManifest> manifest = facts.manifest(repository, digest);
    if (manifest.isPresent()) {
      References.ofManifest(facts, repository, digest, lines);
      if (Standing.isNamed(facts, repository, digest)) {
        return Optional.of(State.KEPT);
      }
      return Optional.of(unnamed(facts, repository, manifest.get(), lines));
    }
    Optional<Hold> hold = facts.hold(repository, digest);
    if (hold.isEmpty()) {
      return Optional.empty();
    }
    lines.add(
        "manifest "
            + digest
            + " was deleted at "
            + hold.get().since()
            + " by "
            + hold.get().actor()
            + "; it can be restored for another "
            + left(facts, hold.get().until()));
    References.held(facts, repository, digest, lines);
    return Optional.of(State.HELD);
  }

  private State unnamed(
      FactReader facts, RepositoryName repository, StoredManifest manifest, List<String> lines)
      throws IOException {
    Optional<Duration> expiry = rules.forManifests(repository);
    if (expiry.isEmpty()) {
      lines.add("manifests that nothing names are kept here (untagged.expiry)");
      return State.KEPT;
    }
    lines.add(
        manifest.review().isPresent()
            ? "it goes in " + left(facts, manifest.review().get()) + " (untagged.expiry)"
            : "it goes " + Words.of(expiry.get()) + " after the next collection (untagged.expiry)");
    lease(repository, manifest.descriptor().digest(), lines);
    return State.GOING;
  }

  /** Explains a blob, if there is one or was. */
  private Optional<State> blob(
      FactReader facts, RepositoryName repository, Digest digest, List<String> lines)
      throws IOException {
    Optional<BlobLink> link = facts.link(repository, digest);
    if (link.isEmpty() && facts.heldLink(repository, digest).isEmpty()) {
      return Optional.empty();
    }
    State state = State.HELD;
    if (link.isEmpty()) {
      lines.add("blob " + digest + " is unlinked; its bytes stay for what can be restored");
    } else if (facts.isNeeded(repository, digest)) {
      References.ofBlob(facts, repository, digest, lines);
      state = State.KEPT;
    } else if (link.get().review().isPresent()) {
      lines.add(
          "no manifest refers to blob "
              + digest
              + "; it goes in "
              + left(facts, link.get().review().get())
              + " (gc.grace)");
      lease(repository, digest, lines);
      state = State.GOING;
    } else {
      lines.add("no manifest refers to blob " + digest + "; such blobs are kept here");
      state = State.KEPT;
    }
    References.held(facts, repository, digest, lines);
    References.elsewhere(facts, repository, digest, lines);
    return Optional.of(state);
  }

  private void lease(RepositoryName repository, Digest digest, List<String> lines) {
    Duration lease = leases.remaining(repository, digest);
    if (!lease.isZero()) {
      lines.add("somebody was told of it and may rely on it for another " + Words.of(lease));
    }
  }

  private String left(FactReader facts, StoreTime due) throws IOException {
    return Words.of(clock.now(facts).until(due));
  }
}
