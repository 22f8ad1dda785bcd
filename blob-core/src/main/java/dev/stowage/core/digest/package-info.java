/** Computing digests as bytes pass, and knowing the further names of content. */
@NullMarked
package dev.stowage.core.digest;

import org.jspecify.annotations.NullMarked;
