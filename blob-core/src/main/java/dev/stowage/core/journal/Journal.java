package dev.stowage.core.journal;

import dev.stowage.core.review.StoreClock;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.HistoryEntry.Change;
import dev.stowage.registry.HistoryEntry.Version;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Writes down every change to a tag and every end of a manifest, in the transaction that makes it,
 * and keeps a deleted manifest as a hold. Where the window is zero it does neither.
 */
public final class Journal {
  private final StoreClock clock;
  private final Duration window;
  private final String actor;

  /**
   * A journal whose entries and holds last for {@code window}, by the store's clock.
   *
   * @param actor the name of who makes the changes
   */
  public Journal(StoreClock clock, Duration window, String actor) {
    this.clock = clock;
    this.window = window;
    this.actor = actor;
  }

  /** The same journal, for what somebody else does. */
  public Journal by(String other) {
    return new Journal(clock, window, other);
  }

  /** Whether anything is kept. */
  public boolean isKept() {
    return !window.isZero();
  }

  /** For how long. */
  public Duration window() {
    return window;
  }

  /** A push gave a tag to a manifest. Nothing is written if it had it already. */
  public void tagged(
      FactWriter facts, RepositoryName repository, Optional<TagTarget> before, TagTarget now)
      throws IOException {
    if (before.isEmpty()) {
      write(facts, repository, Change.SET, Optional.of(now.tag()), before, Optional.of(now));
    } else if (!before.get().manifest().equals(now.manifest())) {
      write(facts, repository, Change.MOVED, Optional.of(now.tag()), before, Optional.of(now));
    }
  }

  /** A tag was brought back. */
  public void tagRestored(
      FactWriter facts, RepositoryName repository, Optional<TagTarget> before, TagTarget now)
      throws IOException {
    write(facts, repository, Change.RESTORED, Optional.of(now.tag()), before, Optional.of(now));
  }

  /** A tag was deleted, by itself or with its manifest. */
  public void untagged(FactWriter facts, RepositoryName repository, TagTarget before)
      throws IOException {
    write(
        facts,
        repository,
        Change.DELETED,
        Optional.of(before.tag()),
        Optional.of(before),
        Optional.empty());
  }

  /** A manifest was deleted: it is held from now on. */
  public void deleted(
      FactWriter facts, RepositoryName repository, StoredManifest manifest, List<Edge> edges)
      throws IOException {
    if (window.isZero()) {
      return;
    }
    append(
        facts,
        repository,
        Change.DELETED,
        Optional.empty(),
        Optional.of(version(manifest)),
        Optional.empty());
    facts.putHold(repository, new Hold(manifest, end(facts), now(), actor));
    for (Edge edge : edges) {
      facts.putHeldEdge(repository, edge);
    }
  }

  /** A manifest was brought back. */
  public void restored(FactWriter facts, RepositoryName repository, StoredManifest manifest)
      throws IOException {
    if (!window.isZero()) {
      append(
          facts,
          repository,
          Change.RESTORED,
          Optional.empty(),
          Optional.empty(),
          Optional.of(version(manifest)));
    }
  }

  private void write(
      FactWriter facts,
      RepositoryName repository,
      Change change,
      Optional<Tag> tag,
      Optional<TagTarget> from,
      Optional<TagTarget> to)
      throws IOException {
    if (!window.isZero()) {
      append(facts, repository, change, tag, from.map(Journal::version), to.map(Journal::version));
    }
  }

  private void append(
      FactWriter facts,
      RepositoryName repository,
      Change change,
      Optional<Tag> tag,
      Optional<Version> from,
      Optional<Version> to)
      throws IOException {
    List<HistoryFact> last = facts.history(repository, Optional.empty(), 1);
    long number = last.isEmpty() ? 1 : last.get(0).entry().number() + 1;
    facts.putHistory(
        repository,
        new HistoryFact(new HistoryEntry(number, now(), actor, change, tag, from, to), end(facts)));
  }

  private StoreTime end(FactReader facts) throws IOException {
    return clock.now(facts).plus(window);
  }

  private Instant now() {
    return clock.wall().truncatedTo(ChronoUnit.MILLIS);
  }

  private static Version version(TagTarget target) {
    return new Version(target.manifest(), target.pushedWith());
  }

  private static Version version(StoredManifest manifest) {
    return new Version(manifest.descriptor().digest(), manifest.pushedWith());
  }
}
