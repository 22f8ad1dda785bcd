/** Taking content in, step by step. */
@NullMarked
package dev.stowage.core.migrate;

import org.jspecify.annotations.NullMarked;
