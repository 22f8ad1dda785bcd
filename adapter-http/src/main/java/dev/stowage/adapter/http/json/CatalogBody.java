package dev.stowage.adapter.http.json;

import dev.stowage.registry.RepositoryName;
import java.util.List;

/**
 * A page of the names of repositories: {@code {"repositories"}}, as Docker's registry has it.
 *
 * @param repositories what is on the page, in order; an empty list is written as one
 */
public record CatalogBody(List<RepositoryName> repositories) implements JsonBody {
  /** Copies the list. */
  public CatalogBody {
    repositories = List.copyOf(repositories);
  }

  @Override
  public byte[] bytes() {
    return JsonText.object(
        json -> {
          json.writeArrayPropertyStart("repositories");
          repositories.forEach(name -> json.writeString(name.value()));
          json.writeEndArray();
        });
  }
}
