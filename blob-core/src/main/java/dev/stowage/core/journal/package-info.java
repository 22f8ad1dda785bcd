/** Keeps what happens as history, and holds what is deleted, in the transactions that do it. */
@NullMarked
package dev.stowage.core.journal;

import org.jspecify.annotations.NullMarked;
