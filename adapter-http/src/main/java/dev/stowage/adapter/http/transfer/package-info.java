/** Bodies: how they come in, how they go out, and the header fields that speak of their bytes. */
@NullMarked
package dev.stowage.adapter.http.transfer;

import org.jspecify.annotations.NullMarked;
