/** Manifests, what they refer to, and their referrers. */
@NullMarked
package dev.stowage.core.manifest;

import org.jspecify.annotations.NullMarked;
