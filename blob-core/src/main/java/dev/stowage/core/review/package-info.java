/**
 * When something may go: the store's clock, the marks that put links and manifests up for review,
 * and the leases that hold the collector off.
 */
@NullMarked
package dev.stowage.core.review;

import org.jspecify.annotations.NullMarked;
