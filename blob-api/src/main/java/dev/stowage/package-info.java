/**
 * What every other package of Stowage shares: how a refusal is told, and who acts.
 *
 * <p>No domain type lives here. Each refusal stands beside the thing it is about.
 */
@NullMarked
package dev.stowage;

import org.jspecify.annotations.NullMarked;
