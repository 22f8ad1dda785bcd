package dev.stowage.core.tag;

import dev.stowage.registry.NameUnknownException;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.registry.Tags;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The tags of one repository. */
public final class RepositoryTags implements Tags {
  private final RepositoryName repository;
  private final MetadataStore store;

  /** The tags of {@code repository}. */
  public RepositoryTags(RepositoryName repository, MetadataStore store) {
    this.repository = repository;
    this.store = store;
  }

  @Override
  public Page<Tag> list(Optional<Tag> after, int limit) throws IOException {
    return store.read(
        facts -> {
          if (!facts.hasRepository(repository)) {
            throw new NameUnknownException(repository);
          }
          if (limit == 0) {
            return Page.empty();
          }
          List<Tag> tags =
              facts.tags(repository, after, limit + 1).stream().map(TagTarget::tag).toList();
          return Page.cut(tags, limit);
        });
  }
}
