/** What a person types, tried in processes of its own. */
@NullMarked
package dev.stowage.app.command;

import org.jspecify.annotations.NullMarked;
