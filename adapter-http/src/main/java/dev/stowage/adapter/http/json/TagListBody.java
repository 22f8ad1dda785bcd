package dev.stowage.adapter.http.json;

import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import java.util.List;

/**
 * A page of a repository's tags: {@code {"name","tags"}}.
 *
 * @param name the repository
 * @param tags what is on the page, in order; an empty list is written as one
 * @see <a
 *     href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-tags">OCI
 *     distribution specification, listing tags</a>
 */
public record TagListBody(RepositoryName name, List<Tag> tags) implements JsonBody {
  /** Copies the list. */
  public TagListBody {
    tags = List.copyOf(tags);
  }

  @Override
  public byte[] bytes() {
    return JsonText.object(
        json -> {
          json.writeStringProperty("name", name.value());
          json.writeArrayPropertyStart("tags");
          tags.forEach(tag -> json.writeString(tag.value()));
          json.writeEndArray();
        });
  }
}
