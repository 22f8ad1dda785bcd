/** The tags of one repository. */
@NullMarked
package dev.stowage.core.tag;

import org.jspecify.annotations.NullMarked;
