package dev.stowage.core.history;

import dev.stowage.Actor;
import dev.stowage.blob.Digest;
import dev.stowage.core.digest.Aliases;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.maintenance.History;
import dev.stowage.maintenance.NotRestorableException;
import dev.stowage.maintenance.Restored;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.HistoryEntry.Version;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The history that the facts keep. To restore is one transaction, which looks at all of it. */
public final class RecordedHistory implements History {
  private static final int BATCH = 64;

  private final MetadataStore store;
  private final ManifestReader reader;
  private final Reviews reviews;
  private final Journal journal;
  private final RepositoryRules rules;

  /** A history over the parts that the store's writers use as well. */
  public RecordedHistory(
      MetadataStore store,
      ManifestReader reader,
      Reviews reviews,
      Journal journal,
      RepositoryRules rules) {
    this.store = store;
    this.reader = reader;
    this.reviews = reviews;
    this.journal = journal;
    this.rules = rules;
  }

  @Override
  public Page<HistoryEntry> list(
      RepositoryName repository, Optional<Tag> tag, Optional<Long> before, int limit)
      throws IOException {
    if (limit == 0) {
      return Page.empty();
    }
    List<HistoryFact> page = store.read(facts -> page(facts, repository, tag, before, limit + 1));
    return Page.cut(page.stream().map(HistoryFact::entry).toList(), limit);
  }

  private static List<HistoryFact> page(
      FactReader facts,
      RepositoryName repository,
      Optional<Tag> tag,
      Optional<Long> before,
      int limit)
      throws IOException {
    return tag.isPresent()
        ? facts.history(repository, tag.get(), before, limit)
        : facts.history(repository, before, limit);
  }

  @Override
  public Restored restore(Actor actor, RepositoryName repository, Digest manifest)
      throws IOException {
    return store.write(
        facts -> {
          Optional<Digest> canonical = Aliases.resolve(facts, manifest);
          Restoration restoration = restoration(actor, repository);
          restoration.manifest(
              facts,
              canonical.orElseThrow(
                  () -> new NotRestorableException("nothing is known of " + manifest)));
          return restoration.result(canonical.get(), Optional.empty(), false);
        });
  }

  @Override
  public Restored restore(Actor actor, RepositoryName repository, Tag tag, Optional<Instant> at)
      throws IOException {
    return store.write(
        facts -> {
          Optional<TagTarget> before = facts.tag(repository, tag);
          Version version =
              at.isPresent()
                  ? stateAt(facts, repository, tag, before, at.get())
                  : previous(facts, repository, tag, before);
          Restoration restoration = restoration(actor, repository);
          restoration.manifest(facts, version.manifest());
          boolean moved = before.isEmpty() || !before.get().manifest().equals(version.manifest());
          if (moved) {
            point(facts, repository, before, tag, version, journal.by(actor.name()));
          }
          return restoration.result(
              version.manifest(), before.map(TagTarget::manifest).filter(m -> moved), moved);
        });
  }

  private Restoration restoration(Actor actor, RepositoryName repository) {
    return new Restoration(
        repository, reader, reviews, journal.by(actor.name()), rules.sparseManifests(), now());
  }

  private void point(
      FactWriter facts,
      RepositoryName repository,
      Optional<TagTarget> before,
      Tag tag,
      Version version,
      Journal mine)
      throws IOException {
    Aliases.record(facts, version.pushedWith(), version.manifest());
    TagTarget target = new TagTarget(tag, version.manifest(), version.pushedWith(), now());
    facts.putTag(repository, target);
    mine.tagRestored(facts, repository, before, target);
    if (before.isPresent()) {
      reviews.unnamed(facts, repository, before.get().manifest());
    }
  }

  private Instant now() {
    return rules.clock().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** The last manifest that a tag pointed at, other than the one that it points at now. */
  private static Version previous(
      FactReader facts, RepositoryName repository, Tag tag, Optional<TagTarget> now)
      throws IOException {
    Optional<Digest> present = now.map(TagTarget::manifest);
    Optional<Long> before = Optional.empty();
    List<HistoryFact> page;
    do {
      page = facts.history(repository, tag, before, BATCH);
      for (HistoryFact change : page) {
        Optional<Version> from = change.entry().from();
        if (from.isPresent() && !Optional.of(from.get().manifest()).equals(present)) {
          return from.get();
        }
        before = Optional.of(change.entry().number());
      }
    } while (page.size() == BATCH);
    throw new NotRestorableException(
        "no earlier manifest of " + repository + ":" + tag + " is remembered");
  }

  private static Version stateAt(
      FactReader facts, RepositoryName repository, Tag tag, Optional<TagTarget> now, Instant at)
      throws IOException {
    Optional<Version> state =
        now.map(target -> new Version(target.manifest(), target.pushedWith()));
    Optional<Long> before = Optional.empty();
    List<HistoryFact> page;
    search:
    do {
      page = facts.history(repository, tag, before, BATCH);
      for (HistoryFact change : page) {
        if (!change.entry().at().isAfter(at)) {
          break search;
        }
        state = change.entry().from();
        before = Optional.of(change.entry().number());
      }
    } while (page.size() == BATCH);
    return state.orElseThrow(
        () ->
            new NotRestorableException(
                repository + ":" + tag + " is not known to have been there at " + at));
  }
}
