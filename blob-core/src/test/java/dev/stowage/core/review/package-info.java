/** Tests of clocks and leases by themselves. */
@NullMarked
package dev.stowage.core.review;

import org.jspecify.annotations.NullMarked;
