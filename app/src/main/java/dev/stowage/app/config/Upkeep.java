package dev.stowage.app.config;

import dev.stowage.maintenance.CollectionPolicy;
import java.time.Duration;

/**
 * What a person may choose about what is removed, and when.
 *
 * @param interval how often the server collects by itself; zero: never
 * @param policy what is kept, and for how long
 */
public record Upkeep(Duration interval, CollectionPolicy policy) {}
