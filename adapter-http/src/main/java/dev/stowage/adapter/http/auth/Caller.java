package dev.stowage.adapter.http.auth;

import dev.stowage.Actor;
import dev.stowage.registry.RepositoryName;
import org.eclipse.jetty.server.Request;

/**
 * Who sent a request, and what they may read.
 *
 * <p>This is the one place that decides either. For now everybody is anonymous and may read
 * everything.
 *
 * @param actor the caller as the registry knows it
 */
public record Caller(Actor actor) {
  /** The caller of a request. */
  public static Caller of(Request request) {
    return new Caller(new Actor(Actor.ANONYMOUS.name(), Request.getRemoteAddr(request)));
  }

  /** Whether the caller may read what is in a repository, and so mount from it. */
  public boolean mayRead(RepositoryName repository) {
    return true;
  }
}
