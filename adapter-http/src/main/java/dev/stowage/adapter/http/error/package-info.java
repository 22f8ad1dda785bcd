/**
 * What goes wrong, as an answer: every refusal and failure is turned into a status and a code here.
 */
@NullMarked
package dev.stowage.adapter.http.error;

import org.jspecify.annotations.NullMarked;
