package dev.stowage.core.review;

import dev.stowage.maintenance.UntaggedPolicy;
import dev.stowage.registry.RepositoryName;
import java.time.Duration;
import java.util.Optional;

/**
 * What is put up for review, and when.
 *
 * @param grace how long a link stays that no manifest refers to
 * @param lease how long everything stays that somebody may have been told of
 * @param untagged how long manifests stay that nothing names
 * @param plain whether nothing is ever put up for review
 */
public record ReviewRules(Duration grace, Duration lease, UntaggedPolicy untagged, boolean plain) {
  /** How long a link stays. */
  public Duration forLinks() {
    return longer(grace);
  }

  /** How long a repository's manifests stay; nothing: for ever. */
  public Optional<Duration> forManifests(RepositoryName repository) {
    return plain ? Optional.empty() : untagged.expiry(repository).map(this::longer);
  }

  /** In words: what has to be looked through anew when it changes. */
  public String words() {
    return plain ? "plain" : "untagged " + untagged.rules();
  }

  private Duration longer(Duration other) {
    return lease.compareTo(other) > 0 ? lease : other;
  }
}
