package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.contract.FaultyBlobData;
import dev.stowage.contract.FaultyMetadataStore;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import java.io.IOException;
import java.util.Optional;

/** A whole registry in memory, whose bytes and facts can be made to fail and are watched. */
final class TestRegistry {
  private final FaultyBlobData faultyBytes = new FaultyBlobData(new InMemoryBlobData());
  private final FaultyMetadataStore facts = new FaultyMetadataStore(new InMemoryMetadataStore());
  private final LeakTrackingBlobData bytes = new LeakTrackingBlobData(faultyBytes);
  private final StowageRegistry registry;

  private TestRegistry(CoreOptions options) throws IOException {
    registry = StowageRegistry.open(bytes, facts, new JacksonManifestReader(), options);
  }

  static TestRegistry open() throws IOException {
    return new TestRegistry(CoreOptions.defaults());
  }

  static TestRegistry withoutDeletes() throws IOException {
    return new TestRegistry(CoreOptions.defaults().withDeletes(false));
  }

  static TestRegistry sparse() throws IOException {
    return new TestRegistry(CoreOptions.defaults().withSparseManifests(true));
  }

  Registry registry() {
    return registry;
  }

  FaultyBlobData faultyBytes() {
    return faultyBytes;
  }

  FaultyMetadataStore faultyFacts() {
    return facts;
  }

  void assertNoUploadIsOpen() throws IOException {
    assertEquals(0, bytes.stagings(Optional.empty(), 1000).size());
  }

  /** How many times bytes of a blob lie somewhere. */
  int placements() throws IOException {
    return bytes.placements(Optional.empty(), 1000).size();
  }

  boolean isABlobOpen() {
    return bytes.openChannels() > 0;
  }

  void assertNoBlobIsOpen() {
    assertEquals(0, bytes.openChannels());
  }

  /** Closes everything and asserts that nothing had been forgotten open. */
  void close() throws IOException {
    registry.close();
    bytes.assertNothingOpen();
    bytes.close();
    facts.close();
  }
}
