/**
 * What is done to a store as a whole, beside its clients: each task is a port, with a report that
 * says what was found and done.
 *
 * <p>The components of a report are its names in JSON too, so they are chosen for readers.
 */
@NullMarked
package dev.stowage.maintenance;

import org.jspecify.annotations.NullMarked;
