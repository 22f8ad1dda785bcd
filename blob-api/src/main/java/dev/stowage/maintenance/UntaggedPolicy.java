package dev.stowage.maintenance;

import dev.stowage.registry.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long manifests are kept that nothing names: no tag, no index, and no subject that is there.
 * The first rule whose pattern a repository matches is its own; without one they are kept for ever.
 *
 * @param rules the rules, in their order
 */
public record UntaggedPolicy(List<Rule> rules) {
  /** Keeps all of them. */
  public static final UntaggedPolicy NEVER = new UntaggedPolicy(List.of());

  /** Copies the rules. */
  public UntaggedPolicy {
    rules = List.copyOf(rules);
  }

  /**
   * How long some repositories keep them.
   *
   * @param repositories which ones
   * @param after for how long from when they lost their last name; nothing: for ever
   */
  public record Rule(RepositoryPattern repositories, Optional<Duration> after) {
    /** Refuses a negative time. */
    public Rule {
      if (after.isPresent() && after.get().isNegative()) {
        throw new IllegalArgumentException("a time to keep is not negative");
      }
    }
  }

  /** How long a repository keeps them; nothing: for ever. */
  public Optional<Duration> expiry(RepositoryName repository) {
    for (Rule rule : rules) {
      if (rule.repositories().matches(repository)) {
        return rule.after();
      }
    }
    return Optional.empty();
  }
}
