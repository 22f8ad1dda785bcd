/**
 * The OCI distribution protocol over HTTP/1.1, in front of a {@link dev.stowage.registry.Registry}.
 *
 * <p>{@link dev.stowage.adapter.http.RegistryServer} is the door, {@link
 * dev.stowage.adapter.http.HttpOptions} its settings. Inside, {@code route} finds the operation of
 * a method and a path, {@code oci} has one class per operation, {@code transfer} takes bodies in
 * and gives them out, {@code error} answers what goes wrong, {@code auth} says who is calling, and
 * {@code json} writes and reads the documents.
 */
@NullMarked
package dev.stowage.adapter.http;

import org.jspecify.annotations.NullMarked;
