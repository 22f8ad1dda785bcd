/**
 * From a request line to what is asked for: the paths of the protocol, and the query. Nothing here
 * knows the server.
 */
@NullMarked
package dev.stowage.adapter.http.route;

import org.jspecify.annotations.NullMarked;
