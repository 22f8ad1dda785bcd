/**
 * The registry against models of itself: random sequences of steps, whatever their order, leave it
 * as the model says. A sequence that does not is shrunk and printed, so that it can be kept.
 */
@NullMarked
package dev.stowage.app.property;

import org.jspecify.annotations.NullMarked;
