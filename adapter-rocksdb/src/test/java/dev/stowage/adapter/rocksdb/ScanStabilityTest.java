package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running function sees does not move, whatever becomes durable while it runs. */
final class ScanStabilityTest {
  private static final RepositoryName A = name("a");
  private static final Digest X = digest("x");
  private static final Digest Y = digest("y");

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private RocksDatabase database;

  @BeforeEach
  void open() throws IOException {
    database = RocksOpening.open(directory, RocksOptions.defaults());
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    database.close();
  }

  private static List<TagTarget> tags(FactReader facts) throws IOException {
    return facts.tags(A, Optional.empty(), 9);
  }

  /** Does something each time that a scan stands between the changes that wait and the database. */
  private record Interrupted(View database, Step step) implements View {
    @Override
    public byte @Nullable [] get(byte[] key) throws IOException {
      return database.get(key);
    }

    @Override
    public Cursor scan(byte[] prefix, byte[] from) throws IOException {
      Cursor cursor = database.scan(prefix, from);
      try {
        step.run();
        return cursor;
      } catch (IOException e) {
        cursor.close();
        throw e;
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  @Test
  void keepsAChangeInAListWhileItBecomesDurable() throws Exception {
    HeldLog log = new HeldLog(database);
    CountDownLatch scanning = new CountDownLatch(1);
    CountDownLatch durable = new CountDownLatch(1);
    Step lettingTheLogGoOn =
        () -> {
          scanning.countDown();
          await(durable);
        };
    GroupCommit commits = new GroupCommit(new Interrupted(database, lettingTheLogGoOn), log);
    database.write(List.of(overlayWith("moved", X)));
    log.hold();
    Future<Boolean> first =
        threads.submit(
            () ->
                commits.write(
                    facts -> {
                      facts.putTag(A, tag("moved", Y));
                      facts.putTag(A, tag("new", X));
                      return true;
                    }));
    log.awaitArrival();
    Future<List<TagTarget>> seen = threads.submit(() -> commits.write(ScanStabilityTest::tags));
    scanning.await();
    log.release();
    boolean written = first.get();
    List<TagTarget> readers = tagsNow();
    durable.countDown();
    assertTrue(written);
    assertEquals(List.of(tag("moved", Y), tag("new", X)), readers);
    assertEquals(List.of(tag("moved", Y), tag("new", X)), seen.get());
  }

  private Overlay overlayWith(String tag, Digest target) throws IOException {
    Overlay changes = new Overlay(database);
    new WritableFacts(changes).putTag(A, tag(tag, target));
    return changes;
  }

  private List<TagTarget> tagsNow() throws IOException {
    return tags(new StoredFacts(database));
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }
}
