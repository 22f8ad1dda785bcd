package dev.stowage.maintenance;

import dev.stowage.registry.RepositoryName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which tags are kept. The first rule whose pattern a repository matches is its own; without one
 * all of its tags are kept.
 *
 * @param rules the rules, in their order
 */
public record RetentionPolicy(List<Rule> rules) {
  /** Keeps every tag. */
  public static final RetentionPolicy KEEP_ALL = new RetentionPolicy(List.of());

  /** Copies the rules. */
  public RetentionPolicy {
    rules = List.copyOf(rules);
  }

  /**
   * What some repositories keep: a tag is kept if any of the three keeps it.
   *
   * @param repositories which ones
   * @param newest keeps this many tags, those that were moved last
   * @param match keeps tags whose whole name this expression matches
   * @param younger keeps tags that were moved within this time
   */
  public record Rule(
      RepositoryPattern repositories,
      OptionalInt newest,
      Optional<Pattern> match,
      Optional<Duration> younger) {
    /** Refuses a rule that says nothing, and negative numbers. */
    public Rule {
      if (newest.isEmpty() && match.isEmpty() && younger.isEmpty()) {
        throw new IllegalArgumentException("a rule keeps something");
      }
      if (newest.isPresent() && newest.getAsInt() < 0) {
        throw new IllegalArgumentException("a number of tags is not negative");
      }
      if (younger.isPresent() && younger.get().isNegative()) {
        throw new IllegalArgumentException("an age is not negative");
      }
    }

    /** Why a tag goes that this rule does not keep. */
    public String reason() {
      List<String> reasons = new ArrayList<>();
      newest.ifPresent(n -> reasons.add("not among the newest " + n));
      match.ifPresent(expression -> reasons.add("does not match " + expression));
      younger.ifPresent(age -> reasons.add("not younger than " + age.toString().substring(1)));
      return "rule " + repositories + ": " + String.join(", ", reasons);
    }
  }

  /** The rule of a repository, if it has one. */
  public Optional<Rule> rule(RepositoryName repository) {
    return rules.stream().filter(r -> r.repositories().matches(repository)).findFirst();
  }
}
