/** Uploads: sessions that outlive a request and a restart, and their commit. */
@NullMarked
package dev.stowage.core.upload;

import org.jspecify.annotations.NullMarked;
