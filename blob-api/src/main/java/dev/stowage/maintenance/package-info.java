/**
 * What keeps a store in order while it runs: the collector of what nothing refers to, the expiry of
 * abandoned uploads, the policies that they follow, and their reports.
 */
@NullMarked
package dev.stowage.maintenance;

import org.jspecify.annotations.NullMarked;
