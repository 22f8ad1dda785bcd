/** Freeing the bytes that no fact refers to any more. */
@NullMarked
package dev.stowage.core.collect;

import org.jspecify.annotations.NullMarked;
