/** Finding out whether what is stored is still what was stored. */
@NullMarked
package dev.stowage.core.scrub;

import org.jspecify.annotations.NullMarked;
