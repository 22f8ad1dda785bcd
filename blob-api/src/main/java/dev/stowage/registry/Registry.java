package dev.stowage.registry;

import dev.stowage.Actor;
import java.io.IOException;
import java.util.Optional;

/** All repositories, as one caller sees them. */
public interface Registry {
  /** The view of a caller. Uploads belong to the actor who began them. */
  Registry as(Actor actor);

  /** A repository, whether or not there is anything in it. */
  Repository repository(RepositoryName name);

  /**
   * The names of the repositories in byte order.
   *
   * @param after the name, present or not, after which the page begins
   * @param limit the most items on the page, at least 0
   * @throws IOException if the metadata cannot be read
   */
  Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit) throws IOException;
}
