package dev.stowage.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.Provisional;
import dev.stowage.contract.FaultyBlobData;
import dev.stowage.contract.FaultyMetadataStore;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.contract.LeakTrackingBlobData;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A registry over bytes and facts that fail where a test says so, and that can be restarted. */
final class Bench {
  static final RepositoryName A = new RepositoryName("a");
  static final RepositoryName B = new RepositoryName("b");

  private CoreOptions options;
  InMemoryBlobData memory = new InMemoryBlobData();
  FaultyBlobData bytes = new FaultyBlobData(memory);
  LeakTrackingBlobData tracked = new LeakTrackingBlobData(bytes);
  final InMemoryMetadataStore truth = new InMemoryMetadataStore();
  final FaultyMetadataStore facts = new FaultyMetadataStore(truth);
  StowageRegistry registry;

  Bench(CoreOptions options) throws IOException {
    this.options = options;
    this.registry = StowageRegistry.open(tracked, facts, new LineManifestReader(), options);
  }

  /** Options with which what is deleted is gone at once. */
  static CoreOptions withoutHistory() {
    return CoreOptions.defaults()
        .withCollection(CollectionPolicy.defaults().withHistory(Duration.ZERO));
  }

  static Bench open() throws IOException {
    return new Bench(CoreOptions.defaults());
  }

  /** Opens what the next process finds. */
  void kill() throws IOException {
    restart(memory.afterKill());
  }

  /** Opens what the next process finds, which has other options. */
  void kill(CoreOptions others) throws IOException {
    options = others;
    kill();
  }

  /** Opens what is found after a boot of the machine. */
  void boot() throws IOException {
    restart(memory.afterBoot());
  }

  private void restart(InMemoryBlobData successor) throws IOException {
    memory = successor;
    bytes = new FaultyBlobData(memory);
    tracked = new LeakTrackingBlobData(bytes);
    registry = StowageRegistry.open(tracked, facts, new LineManifestReader(), options);
  }

  Repository repository() {
    return registry.repository(A);
  }

  BlobStore blobs() {
    return repository().blobs();
  }

  BlobWriter written(String text) throws IOException {
    BlobWriter writer = blobs().create();
    writer.write(content(text));
    return writer;
  }

  int placements() throws IOException {
    return memory.placements(Optional.empty(), 1000).size();
  }

  int stagings() throws IOException {
    return memory.stagings(Optional.empty(), 1000).size();
  }

  List<UploadFact> uploads() throws IOException {
    return truth.read(f -> f.uploads(Optional.empty(), 1000));
  }

  /** Closes the registry, after which nothing is open. */
  void close() throws IOException {
    registry.close();
    tracked.assertNothingOpen();
  }

  /** Nothing is left of any upload, neither bytes nor facts. */
  void assertNoUploads() throws IOException {
    assertEquals(List.of(), uploads());
    assertEquals(0, stagings());
  }

  static ByteBuffer content(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  static Digest digest(String text) {
    return Digest.canonical(content(text));
  }

  static Digest sha512(String text) {
    return Digest.of(DigestAlgorithm.SHA512, content(text));
  }

  static Provisional claim(String text) {
    return Provisional.of(digest(text));
  }
}
