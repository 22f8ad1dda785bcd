/** The blobs of one repository, seen through its links. */
@NullMarked
package dev.stowage.core.blob;

import org.jspecify.annotations.NullMarked;
