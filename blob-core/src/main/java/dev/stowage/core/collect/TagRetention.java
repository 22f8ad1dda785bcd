package dev.stowage.core.collect;

import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.review.StoreClock;
import dev.stowage.maintenance.Removal;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Removes the tags that a repository's rule does not keep. It reads the tags of the repositories
 * that have a rule, and those alone. Ages are by the wall clock, so it does nothing while that is
 * not to be relied on.
 */
final class TagRetention {
  private static final int PAGE = 1024;
  private static final int BATCH = 64;

  /** The newest first; of those of one moment, the last by name. */
  private static final Comparator<TagTarget> NEWEST_FIRST =
      Comparator.comparing(TagTarget::movedAt).thenComparing(TagTarget::tag).reversed();

  private final MetadataStore store;
  private final StoreClock clock;
  private final RetentionPolicy policy;
  private final Reviews reviews;
  private final Journal journal;

  TagRetention(
      MetadataStore store,
      StoreClock clock,
      RetentionPolicy policy,
      Reviews reviews,
      Journal journal) {
    this.store = store;
    this.clock = clock;
    this.policy = policy;
    this.reviews = reviews;
    this.journal = journal;
  }

  /** Tags of one repository that go, and why. */
  private record Superfluous(RepositoryName repository, List<TagTarget> tags, String reason) {
    Removal removal(TagTarget target) {
      return new Removal.OfTag(repository, target.tag(), target.manifest(), reason);
    }
  }

  /** What is done with a repository's superfluous tags. */
  private interface Step {
    void with(Superfluous superfluous) throws IOException;
  }

  void run(Tally tally) throws IOException {
    forEachRepository(tally, superfluous -> remove(superfluous, tally));
  }

  /** Tells what {@link #run} would remove. */
  void preview(Tally tally, Consequences consequences) throws IOException {
    forEachRepository(
        tally,
        superfluous -> {
          for (TagTarget target : superfluous.tags()) {
            tally.add(superfluous.removal(target));
            consequences.tagGone(superfluous.repository(), target);
          }
        });
  }

  private void forEachRepository(Tally tally, Step step) throws IOException {
    if (policy.rules().isEmpty()) {
      return;
    }
    Optional<String> disagreement = clock.disagreement();
    if (disagreement.isPresent()) {
      tally.note("no tag is removed by its age or place: " + disagreement.get());
      return;
    }
    Optional<RepositoryName> last = Optional.empty();
    List<RepositoryName> page;
    do {
      Optional<RepositoryName> after = last;
      page = store.read(facts -> facts.repositories(after, PAGE));
      for (RepositoryName repository : page) {
        Optional<RetentionPolicy.Rule> rule = policy.rule(repository);
        if (rule.isPresent()) {
          step.with(
              new Superfluous(
                  repository, superfluous(repository, rule.get()), rule.get().reason()));
        }
        last = Optional.of(repository);
      }
    } while (page.size() == PAGE);
  }

  private List<TagTarget> superfluous(RepositoryName repository, RetentionPolicy.Rule rule)
      throws IOException {
    List<TagTarget> tags = tags(repository);
    tags.sort(NEWEST_FIRST);
    Instant now = clock.wall();
    return tags.subList(Math.min(rule.newest().orElse(0), tags.size()), tags.size()).stream()
        .filter(t -> rule.match().isEmpty() || !matches(rule, t.tag()))
        .filter(
            t -> rule.younger().isEmpty() || !t.movedAt().plus(rule.younger().get()).isAfter(now))
        .toList();
  }

  /** Why a tag would be removed, if it would. */
  Optional<String> retires(RepositoryName repository, Tag tag) throws IOException {
    Optional<RetentionPolicy.Rule> rule = policy.rule(repository);
    if (rule.isEmpty() || clock.disagreement().isPresent()) {
      return Optional.empty();
    }
    return superfluous(repository, rule.get()).stream().anyMatch(t -> t.tag().equals(tag))
        ? Optional.of(rule.get().reason())
        : Optional.empty();
  }

  /** What becomes of a repository's tags, if not all are kept. */
  Optional<String> words(RepositoryName repository) {
    return policy
        .rule(repository)
        .map(rule -> "a tag goes that is none of those which are kept: " + rule.reason());
  }

  private static boolean matches(RetentionPolicy.Rule rule, Tag tag) {
    return rule.match().orElseThrow().matcher(tag.value()).matches();
  }

  private List<TagTarget> tags(RepositoryName repository) throws IOException {
    List<TagTarget> tags = new ArrayList<>();
    List<TagTarget> page;
    do {
      Optional<Tag> after =
          tags.isEmpty() ? Optional.empty() : Optional.of(tags.get(tags.size() - 1).tag());
      page = store.read(facts -> facts.tags(repository, after, PAGE));
      tags.addAll(page);
    } while (page.size() == PAGE);
    return tags;
  }

  private void remove(Superfluous superfluous, Tally tally) throws IOException {
    List<TagTarget> tags = superfluous.tags();
    for (int from = 0; from < tags.size(); from += BATCH) {
      List<TagTarget> batch = tags.subList(from, Math.min(from + BATCH, tags.size()));
      store
          .write(facts -> remove(facts, superfluous.repository(), batch))
          .forEach(target -> tally.add(superfluous.removal(target)));
    }
  }

  /** A tag that was moved since it was judged stays. */
  private List<TagTarget> remove(
      FactWriter facts, RepositoryName repository, List<TagTarget> targets) throws IOException {
    List<TagTarget> removed = new ArrayList<>();
    for (TagTarget target : targets) {
      if (facts.tag(repository, target.tag()).equals(Optional.of(target))) {
        facts.removeTag(repository, target.tag());
        journal.untagged(facts, repository, target);
        reviews.unnamed(facts, repository, target.manifest());
        removed.add(target);
      }
    }
    return removed;
  }
}
