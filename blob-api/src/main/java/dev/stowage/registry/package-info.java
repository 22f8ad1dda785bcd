/**
 * The registry: repositories that link blobs and keep manifests, tags and referrers.
 *
 * <p>Begin with {@link dev.stowage.registry.Registry}. Content is readable in a repository only if
 * that repository links it; a digest that another repository holds is unknown here.
 */
@NullMarked
package dev.stowage.registry;

import org.jspecify.annotations.NullMarked;
