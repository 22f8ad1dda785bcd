package dev.stowage.spi;

import java.time.Instant;

/**
 * What the store's clock and the wall clock showed at one moment.
 *
 * @param store the store's time
 * @param wall the wall clock, in milliseconds precision
 */
public record ClockReading(StoreTime store, Instant wall) {}
