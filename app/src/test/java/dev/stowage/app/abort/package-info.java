/** Clients that go away in the middle, and what the server has open afterwards. */
@NullMarked
package dev.stowage.app.abort;

import org.jspecify.annotations.NullMarked;
