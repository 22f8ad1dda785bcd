/** Who is calling, and what they may read. */
@NullMarked
package dev.stowage.adapter.http.auth;

import org.jspecify.annotations.NullMarked;
