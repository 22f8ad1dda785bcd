/** The registry as real clients see it: programs and libraries push, pull, delete and resume. */
@NullMarked
package dev.stowage.app.clients;

import org.jspecify.annotations.NullMarked;
