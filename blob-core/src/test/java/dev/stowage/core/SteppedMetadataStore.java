package dev.stowage.core;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.Optional;

/**
 * Facts of which each transaction is one step, unless it is all the same to everybody when it
 * happens: what is read for a report, and the rules, which do not change.
 */
final class SteppedMetadataStore implements MetadataStore {
  private final MetadataStore store;
  private final Stepper stepper;

  SteppedMetadataStore(MetadataStore store, Stepper stepper) {
    this.store = store;
    this.stepper = stepper;
  }

  @Override
  public <T> T read(Reading<T> transaction) throws IOException {
    return StackWalker.getInstance()
            .walk(frames -> frames.limit(3).anyMatch(SteppedMetadataStore::isAlwaysTheSame))
        ? store.read(transaction)
        : stepper.whole(() -> store.read(transaction));
  }

  private static boolean isAlwaysTheSame(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("waiting")
        || frame.getClassName().equals("dev.stowage.core.collect.ReviewWalk");
  }

  @Override
  public <T> T write(Writing<T> transaction) throws IOException {
    return stepper.whole(() -> store.write(transaction));
  }

  @Override
  public Optional<TagTarget> tag(RepositoryName repository, Tag tag) throws IOException {
    return stepper.whole(() -> store.tag(repository, tag));
  }

  @Override
  public Optional<StoredManifest> manifest(RepositoryName repository, Digest digest)
      throws IOException {
    return stepper.whole(() -> store.manifest(repository, digest));
  }

  @Override
  public Optional<LinkedBlob> linkedBlob(RepositoryName repository, Digest digest)
      throws IOException {
    return stepper.whole(() -> store.linkedBlob(repository, digest));
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
