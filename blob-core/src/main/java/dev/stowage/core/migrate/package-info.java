/** Taking content out of a store and into it, in the files of other programs. */
@NullMarked
package dev.stowage.core.migrate;

import org.jspecify.annotations.NullMarked;
