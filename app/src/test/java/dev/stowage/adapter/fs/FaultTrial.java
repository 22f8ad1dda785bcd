package dev.stowage.adapter.fs;

import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.Health;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.Placement;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A client's day on a disk with a fault, and everything that has to hold then: what was
 * acknowledged reads back, what was refused is not there, nothing is left over, and the store works
 * again when the fault is gone.
 */
final class FaultTrial {
  private static final RepositoryName A = new RepositoryName("a");
  private static final RepositoryName B = new RepositoryName("b");
  private static final Path HANDLES = Path.of("/proc/self/fd");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path root;
  private final FaultyDisk disk;
  private final CoreOptions options;
  private final Random random;
  private final InMemoryMetadataStore facts = new InMemoryMetadataStore();
  private final Set<Kept> acknowledged = new HashSet<>();
  private final Set<Kept> refused = new HashSet<>();
  private final Set<UploadId> begun = new HashSet<>();
  private boolean restartedOnAFault;
  private FileBlobData data;
  private StowageRegistry registry;

  private record Kept(RepositoryName repository, Digest digest, ByteBuffer content) {}

  private interface Step {
    void run() throws IOException;
  }

  FaultTrial(Path root, FaultyDisk disk, int idleUploads, long seed) throws IOException {
    this.root = root;
    this.disk = disk;
    this.options = CoreOptions.defaults().withIdleUploads(idleUploads);
    this.random = new Random(seed);
    this.data = openData();
    this.registry = openRegistry();
  }

  /** The whole trial. The fault, if any, is armed by whoever calls this. */
  void run() throws IOException {
    day();
    disk.heal();
    await("recovery without a restart", () -> data.health().equals(new Health.Writable()));
    hold();
    endUploads();
    await(
        "the removal of what failed",
        () -> stagings().isEmpty() && (restartedOnAFault || leftovers().isEmpty()));
    assertHandles(1);

    long faults = disk.injected();
    int before = acknowledged.size();
    day();
    assertSame(faults, disk.injected(), "faults on a healed disk");
    assertSame(before + 4, acknowledged.size(), "acknowledged on a healed disk");
    hold();

    restart();
    hold();
    assertTree();
    deleteAll();
    close();
    assertHandles(0);
  }

  /** What a client does; each step may fail where the disk has failed. */
  private void day() throws IOException {
    ByteBuffer large = content(200_000);
    Digest digest = Digest.canonical(large.duplicate());
    Optional<UploadId> upload = begin();
    if (upload.isPresent()
        && patch(upload.get(), large, 0, 70_000)
        && chunk(upload.get(), large, 70_000, 90_000)
        && patch(upload.get(), large, 160_000, 40_000)
        && commit(upload.get(), A, digest, large)
        && attempt(() -> registry.repository(B).mount(digest, A))) {
      acknowledged.add(new Kept(B, digest, large));
    }
    put(content(10));
    Optional<Kept> passing = put(content(20));
    if (passing.isPresent()) {
      delete(passing.get());
    }
    Optional<UploadId> cancelled = begin();
    if (cancelled.isPresent() && patch(cancelled.get(), large, 0, 100)) {
      attempt(() -> resume(cancelled.get()).cancel());
    }
    ByteBuffer later = content(5000);
    Optional<UploadId> interrupted = begin();
    boolean staged = interrupted.isPresent() && patch(interrupted.get(), later, 0, 3000);
    restart();
    if (staged && patch(interrupted.get(), later, 3000, 2000)) {
      commit(interrupted.get(), A, Digest.canonical(later.duplicate()), later);
    }
    for (Kept each : List.copyOf(acknowledged)) {
      attempt(() -> read(each));
    }
  }

  private Optional<UploadId> begin() throws IOException {
    UploadId[] id = new UploadId[1];
    boolean done =
        attempt(
            () -> {
              try (BlobWriter writer = blobs(A).create()) {
                begun.add(writer.id());
                id[0] = writer.id();
              }
            });
    return done ? Optional.of(id[0]) : Optional.empty();
  }

  private boolean patch(UploadId id, ByteBuffer content, int from, int length) throws IOException {
    return attempt(
        () -> {
          try (BlobWriter writer = resume(id)) {
            writer.write(content.slice(from, length));
          }
        });
  }

  private boolean chunk(UploadId id, ByteBuffer content, int from, int length) throws IOException {
    byte[] bytes = new byte[length];
    content.get(from, bytes);
    return attempt(
        () -> {
          try (BlobWriter writer = resume(id)) {
            writer.transferFrom(Channels.newChannel(new ByteArrayInputStream(bytes)), from, length);
          }
        });
  }

  private boolean commit(UploadId id, RepositoryName to, Digest digest, ByteBuffer content)
      throws IOException {
    Kept blob = new Kept(to, digest, content);
    boolean done =
        attempt(
            () -> {
              try (BlobWriter writer = resume(id)) {
                writer.commit(Provisional.of(digest));
              }
            });
    (done ? acknowledged : refused).add(blob);
    return done;
  }

  private Optional<Kept> put(ByteBuffer content) throws IOException {
    Kept blob = new Kept(A, Digest.canonical(content.duplicate()), content);
    boolean done = attempt(() -> blobs(A).put(MediaType.OCTET_STREAM, content.duplicate()));
    (done ? acknowledged : refused).add(blob);
    return done ? Optional.of(blob) : Optional.empty();
  }

  private void delete(Kept blob) throws IOException {
    // The facts do not fail here, so the deletion takes effect whatever becomes of the bytes.
    blobs(blob.repository()).delete(blob.digest());
    acknowledged.remove(blob);
    refused.add(blob);
  }

  private void read(Kept blob) throws IOException {
    ByteBuffer found = blobs(blob.repository()).get(blob.digest(), blob.content().limit());
    if (!found.equals(blob.content())) {
      throw new AssertionError("other bytes at " + blob.digest());
    }
  }

  /** Does something of which only a fault of the disk may be an excuse. */
  private boolean attempt(Step step) throws IOException {
    long faults = disk.injected();
    try {
      step.run();
      return true;
    } catch (IOException e) {
      if (disk.injected() == faults
          && !(e instanceof StoreReadOnlyException)
          && !(e instanceof NoSpaceException)) {
        throw new AssertionError("failed without a fault", e);
      }
      requireTold(e);
      return false;
    } catch (UploadUnknownException lost) {
      if (disk.injected() == 0) {
        throw lost;
      }
      return false;
    }
  }

  /** Whoever fails because of the medium's state hears of that state. */
  private void requireTold(IOException failure) {
    boolean told =
        failure instanceof StoreReadOnlyException
            || switch (disk.fault()) {
              case FULL -> failure instanceof NoSpaceException;
              case READ_ONLY -> false;
              case BROKEN, NO_HANDLES -> true;
            };
    // A force of a directory that fails makes the store read-only, whatever it says.
    if (!told && data.health().equals(new Health.Writable())) {
      throw new AssertionError("not told of " + disk.fault(), failure);
    }
  }

  /** What was acknowledged is whole, and what was refused or deleted is not there. */
  private void hold() throws IOException {
    for (Kept each : acknowledged) {
      read(each);
    }
    for (Kept each : refused) {
      try {
        blobs(each.repository()).stat(each.digest());
        throw new AssertionError("refused, and there: " + each.digest());
      } catch (BlobUnknownException expected) {
        // So it shall be.
      }
    }
  }

  private void endUploads() throws IOException {
    for (UploadId each : begun) {
      try (BlobWriter writer = resume(each)) {
        writer.cancel();
      } catch (UploadUnknownException over) {
        // It was committed, cancelled or lost.
      }
    }
    begun.clear();
  }

  private void restart() throws IOException {
    try {
      registry.close();
    } catch (IOException e) {
      requireFault(e);
    }
    try {
      data.close();
    } catch (IOException e) {
      requireFault(e);
    }
    assertHandles(0);
    // What could not be removed before is forgotten now: to the scrub it is an orphan.
    restartedOnAFault |= disk.isFailing();
    data = openData();
    registry = openRegistry();
  }

  /** A store that cannot be opened is opened again, when the disk has recovered if need be. */
  private FileBlobData openData() throws IOException {
    try {
      return tryToOpen();
    } catch (IOException e) {
      requireFault(e);
      assertHandles(0);
    }
    disk.heal();
    return tryToOpen();
  }

  private FileBlobData tryToOpen() throws IOException {
    return FileBlobData.open(
        root,
        FileOptions.defaults().withBootId("boot"),
        disk.disk(),
        round -> Duration.ofMillis(1));
  }

  private StowageRegistry openRegistry() throws IOException {
    try {
      return StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
    } catch (IOException e) {
      requireFault(e);
    }
    disk.heal();
    return StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
  }

  private void requireFault(IOException failure) {
    if (disk.injected() == 0) {
      throw new AssertionError("failed without a fault", failure);
    }
  }

  private void deleteAll() throws IOException {
    for (Kept each : acknowledged) {
      blobs(each.repository()).delete(each.digest());
    }
    acknowledged.clear();
    if (restartedOnAFault) {
      for (Placement orphan : data.placements(Optional.empty(), 10)) {
        data.delete(orphan);
      }
    }
    assertSame(List.of(), data.placements(Optional.empty(), 10), "placements");
  }

  void close() throws IOException {
    registry.close();
    data.close();
  }

  /** Nothing lies in the directory but the store's own files and the blobs that are there. */
  private void assertTree() throws IOException {
    Set<String> expected = new TreeSet<>(Set.of("format", "lock", "lock.holder"));
    for (Kept each : acknowledged) {
      Placement placement = facts.read(tx -> tx.blob(each.digest())).orElseThrow().placement();
      expected.add("blobs/sha256/" + placement.value());
    }
    try (Stream<Path> all = Files.walk(root)) {
      Set<String> found =
          all.filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString())
              .collect(Collectors.toCollection(TreeSet::new));
      if (restartedOnAFault) {
        expected.addAll(orphans());
      }
      assertSame(expected, found, "files");
    }
    assertSame(List.of(), facts.read(tx -> tx.uploads(Optional.empty(), 10)), "uploads");
    assertSame(List.of(), facts.read(tx -> tx.doomed(Optional.empty(), 10)), "doomed");
  }

  private Set<String> orphans() throws IOException {
    return data.placements(Optional.empty(), 10).stream()
        .map(placement -> "blobs/sha256/" + placement.value())
        .collect(Collectors.toSet());
  }

  private void assertHandles(int allowed) throws IOException {
    if (!Files.isDirectory(HANDLES)) {
      return;
    }
    try (Stream<Path> handles = Files.list(HANDLES)) {
      List<Path> ours =
          handles.flatMap(FaultTrial::target).filter(file -> file.startsWith(root)).toList();
      if (ours.size() > allowed) {
        throw new AssertionError("open: " + ours);
      }
    }
  }

  private static Stream<Path> target(Path handle) {
    try {
      return Stream.of(Files.readSymbolicLink(handle));
    } catch (IOException closedMeanwhile) {
      return Stream.empty();
    }
  }

  private List<UploadId> stagings() {
    try {
      return data.stagings(Optional.empty(), 10);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Placed bytes that no fact names. */
  private List<Placement> leftovers() {
    try {
      List<Placement> left = new ArrayList<>();
      for (Placement each : data.placements(Optional.empty(), 100)) {
        Digest digest = data.placedAs(each).digest();
        boolean named =
            facts.read(
                tx ->
                    tx.doomed(Optional.empty(), 100).contains(each)
                        || tx.blob(digest)
                            .map(blob -> blob.placement().equals(each))
                            .orElse(false));
        if (!named) {
          left.add(each);
        }
      }
      return left;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private BlobStore blobs(RepositoryName repository) {
    return registry.repository(repository).blobs();
  }

  private BlobWriter resume(UploadId id) throws IOException {
    return blobs(A).resume(id);
  }

  private ByteBuffer content(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  private static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("no " + what);
      }
      Thread.onSpinWait();
    }
  }

  private static void assertSame(Object expected, Object actual, String what) {
    if (!expected.equals(actual)) {
      throw new AssertionError(what + ": " + actual + " instead of " + expected);
    }
  }
}
