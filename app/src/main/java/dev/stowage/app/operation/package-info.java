/**
 * What commands do to an open store. The server does it when a command asks through the socket, and
 * the command does it by itself where no server runs, so that both are the same.
 */
@NullMarked
package dev.stowage.app.operation;

import org.jspecify.annotations.NullMarked;
