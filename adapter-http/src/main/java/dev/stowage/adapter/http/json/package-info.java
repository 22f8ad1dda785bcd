/**
 * JSON, in and out: the strict reader of manifests and the bodies of answers.
 *
 * <p>No other package of this module knows the JSON library.
 */
@NullMarked
package dev.stowage.adapter.http.json;

import org.jspecify.annotations.NullMarked;
