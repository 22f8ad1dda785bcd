package dev.stowage.core.catalog;

import dev.stowage.Actor;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.rules.RepositoryRules;
import dev.stowage.core.upload.Uploads;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.util.Optional;

/**
 * All repositories of a store, as one caller sees them.
 *
 * @param actor the caller
 * @param data the bytes
 * @param store the facts
 * @param reader reads the documents
 * @param uploads the open uploads, of all callers
 * @param doomed frees bytes
 * @param reviews puts up for review what nothing refers to
 * @param journal writes down what happens
 * @param rules what the repositories allow
 */
public record Catalog(
    Actor actor,
    BlobData data,
    MetadataStore store,
    ManifestReader reader,
    Uploads uploads,
    DoomedBytes doomed,
    Reviews reviews,
    Journal journal,
    RepositoryRules rules)
    implements Registry {
  @Override
  public Registry as(Actor other) {
    return new Catalog(other, data, store, reader, uploads, doomed, reviews, journal, rules);
  }

  @Override
  public Repository repository(RepositoryName name) {
    return new LinkedRepository(
        name, actor, data, store, reader, uploads, doomed, reviews, journal, rules);
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit)
      throws IOException {
    return limit == 0
        ? Page.empty()
        : Page.cut(store.read(facts -> facts.repositories(after, limit + 1)), limit);
  }
}
