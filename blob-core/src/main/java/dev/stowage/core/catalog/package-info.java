/** Repositories, and mounting between them. */
@NullMarked
package dev.stowage.core.catalog;

import org.jspecify.annotations.NullMarked;
