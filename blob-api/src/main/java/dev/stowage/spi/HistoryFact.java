package dev.stowage.spi;

import dev.stowage.registry.HistoryEntry;

/**
 * The fact that something was changed, which is kept for a time.
 *
 * @param entry what was changed; its number names it in its repository
 * @param until from when on the collector may forget it, on the store's clock
 */
public record HistoryFact(HistoryEntry entry, StoreTime until) {}
