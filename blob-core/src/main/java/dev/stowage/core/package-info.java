/**
 * The doors of the store: {@link dev.stowage.core.StowageRegistry} for a registry, {@link
 * dev.stowage.core.StowageStore} for blobs alone. Everything behind them is in the packages below,
 * which are nobody else's business.
 */
@NullMarked
package dev.stowage.core;

import org.jspecify.annotations.NullMarked;
