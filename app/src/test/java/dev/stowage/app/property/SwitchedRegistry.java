package dev.stowage.app.property;

import dev.stowage.Actor;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** The registry of the moment, so that one server serves many, one after the other. */
final class SwitchedRegistry implements Registry {
  private volatile Supplier<Registry> current =
      () -> {
        throw new IllegalStateException("there is no registry yet");
      };

  void switchTo(Supplier<Registry> registry) {
    current = registry;
  }

  @Override
  public Registry as(Actor actor) {
    return current.get().as(actor);
  }

  @Override
  public Repository repository(RepositoryName name) {
    return current.get().repository(name);
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit)
      throws IOException {
    return current.get().repositories(after, limit);
  }
}
