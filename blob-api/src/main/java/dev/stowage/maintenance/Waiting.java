package dev.stowage.maintenance;

import java.time.Duration;
import java.util.Optional;

/**
 * What is on the review queue.
 *
 * @param count how many things; what is needed again by then will stay
 * @param orMore whether there are more, which were not counted
 * @param next how long until the first of them is due, if there is one; zero if it is
 */
public record Waiting(long count, boolean orMore, Optional<Duration> next) {}
