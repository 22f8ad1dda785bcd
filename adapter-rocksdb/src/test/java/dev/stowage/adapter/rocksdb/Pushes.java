package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Health;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.MetadataStore.Writing;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.Optional;

/** Pushes by number, each of which is there whole or not at all. */
final class Pushes {
  private static final RepositoryName A = name("a");

  private final int size;

  /** Pushes of manifests of a size. */
  Pushes(int size) {
    this.size = size;
  }

  void push(MetadataStore store, int number) throws IOException {
    store.write(changes(number));
  }

  /** What a push changes. */
  Writing<Boolean> changes(int number) {
    StoredManifest manifest = content(number);
    return facts -> {
      facts.putRepository(A);
      facts.putManifest(A, manifest);
      facts.putTag(A, tag("t" + number, manifest.descriptor().digest()));
      return true;
    };
  }

  /** Whether a push is there; half of one is not allowed. */
  boolean has(MetadataStore store, int number) throws IOException {
    StoredManifest manifest = content(number);
    Optional<TagTarget> tag = store.tag(A, new Tag("t" + number));
    Optional<StoredManifest> found = store.manifest(A, manifest.descriptor().digest());
    assertEquals(tag.isPresent(), found.isPresent(), "push " + number + " is there by half");
    found.ifPresent(whole -> assertEquals(manifest, whole));
    return found.isPresent();
  }

  /** Waits until a store takes changes. */
  static void awaitWritable(MetadataStore store) {
    while (store.health() instanceof Health.ReadOnly) {
      Thread.onSpinWait();
    }
  }

  private StoredManifest content(int number) {
    return manifest(number + " ".repeat(size));
  }
}
