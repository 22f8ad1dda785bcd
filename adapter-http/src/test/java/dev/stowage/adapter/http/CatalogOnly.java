package dev.stowage.adapter.http;

import dev.stowage.Actor;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;

/** A registry of which a test needs no more than the list of repositories, and what it does. */
record CatalogOnly(Listing listing) implements Registry {
  /** What happens when the repositories are listed. */
  @FunctionalInterface
  interface Listing {
    Page<RepositoryName> list() throws IOException;
  }

  static CatalogOnly empty() {
    return new CatalogOnly(Page::empty);
  }

  @Override
  public Registry as(Actor actor) {
    return this;
  }

  @Override
  public Repository repository(RepositoryName name) {
    throw new AssertionError("asked for " + name);
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit)
      throws IOException {
    return listing.list();
  }
}
