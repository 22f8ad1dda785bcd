/** Which adapter stands at which port. */
@NullMarked
package dev.stowage.app.wiring;

import org.jspecify.annotations.NullMarked;
