/** Tests of beginning and ending in good order. */
@NullMarked
package dev.stowage.app.life;

import org.jspecify.annotations.NullMarked;
