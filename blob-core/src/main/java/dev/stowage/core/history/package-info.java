/**
 * Tells what happened, brings back what was deleted, ends it for good, and says why things stay.
 */
@NullMarked
package dev.stowage.core.history;

import org.jspecify.annotations.NullMarked;
