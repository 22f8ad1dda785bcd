/** What a repository allows. */
@NullMarked
package dev.stowage.core.rules;

import org.jspecify.annotations.NullMarked;
