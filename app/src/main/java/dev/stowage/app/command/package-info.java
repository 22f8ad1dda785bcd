/** What a person types. */
@NullMarked
package dev.stowage.app.command;

import org.jspecify.annotations.NullMarked;
