/**
 * One contract suite per port, an in-memory reference of each, and wrappers that fail and watch.
 */
@NullMarked
package dev.stowage.contract;

import org.jspecify.annotations.NullMarked;
