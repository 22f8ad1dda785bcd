/**
 * How a running server is spoken to from its own machine: HTTP with JSON over a Unix-domain socket
 * in the data directory, whose permissions guard it. {@link
 * dev.stowage.adapter.http.admin.AdminServer} answers, {@link
 * dev.stowage.adapter.http.admin.AdminClient} asks.
 *
 * <p>{@code GET /livez} and {@code GET /readyz} say how the server is. {@code POST
 * /operations/NAME} runs an operation and streams lines of JSON: any number of {@code
 * {"progress"}}, then one {@code {"exit","output","errors","report"}}. A client that goes away ends
 * the operation at its next line.
 */
@NullMarked
package dev.stowage.adapter.http.admin;

import org.jspecify.annotations.NullMarked;
