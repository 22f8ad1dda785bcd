/** The operations of the protocol, one class each, and the table of them. */
@NullMarked
package dev.stowage.adapter.http.oci;

import org.jspecify.annotations.NullMarked;
