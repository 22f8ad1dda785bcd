/** The core's behaviour over the ports' in-memory references, and over faults. */
@NullMarked
package dev.stowage.core;

import org.jspecify.annotations.NullMarked;
