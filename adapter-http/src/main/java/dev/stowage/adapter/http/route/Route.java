package dev.stowage.adapter.http.route;

/**
 * A line of the route table.
 *
 * @param method the method, in capitals; HEAD has a line of its own
 * @param endpoint the form of path
 * @param operation what answers
 * @param <O> an operation
 */
public record Route<O>(String method, Endpoint endpoint, O operation) {}
