/**
 * What reads text that strangers send, fed with anything. Each class whose name ends in Fuzz is a
 * target in the form that Jazzer knows; {@code .ci/fuzz} runs them, and the ordinary tests replay
 * the inputs that are kept in {@code src/test/resources/fuzz}.
 */
@NullMarked
package dev.stowage.adapter.http.fuzz;

import org.jspecify.annotations.NullMarked;
