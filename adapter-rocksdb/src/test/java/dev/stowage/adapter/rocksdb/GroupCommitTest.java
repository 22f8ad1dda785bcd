package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.Health;
import dev.stowage.spi.Placement;
import dev.stowage.spi.StoreReadOnlyException;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupCommitTest {
  private static final RepositoryName A = name("a");
  private static final Digest X = digest("x");

  /** What happens after a failure until the store has recovered is what is looked at here. */
  private static final Pace NEVER = new Pace(Duration.ofDays(1), Duration.ofDays(1));

  @TempDir Path directory;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicReference<HeldLog> log = new AtomicReference<>();
  private RocksMetadataStore store;

  @BeforeEach
  void open() throws IOException {
    store =
        RocksMetadataStore.open(
            directory,
            RocksOptions.defaults(),
            database -> {
              log.set(new HeldLog(database));
              return Objects.requireNonNull(log.get());
            },
            NEVER);
  }

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    store.close();
  }

  /** Writes in another thread, and returns when the function has run. */
  private Future<Boolean> begin(Change change) throws InterruptedException {
    CountDownLatch run = new CountDownLatch(1);
    Future<Boolean> end =
        threads.submit(
            () ->
                store.write(
                    facts -> {
                      try {
                        change.in(facts);
                      } finally {
                        run.countDown();
                      }
                      return true;
                    }));
    run.await();
    return end;
  }

  @FunctionalInterface
  private interface Change {
    void in(FactWriter facts) throws IOException;
  }

  private static List<TagTarget> tags(FactReader facts) throws IOException {
    return facts.tags(A, Optional.empty(), 100);
  }

  private HeldLog log() {
    return Objects.requireNonNull(log.get());
  }

  /** The failure that a write was told of. */
  private static IOException failureOf(Future<Boolean> write) {
    ExecutionException failure = assertThrows(ExecutionException.class, write::get);
    return assertInstanceOf(IOException.class, failure.getCause());
  }

  @Test
  void showsReadersOnlyWhatIsDurable() throws Exception {
    log().hold();
    Future<Boolean> write =
        begin(
            facts -> {
              facts.putTag(A, tag("v1", X));
              facts.putBlob(blob(X, 1));
              facts.putAlias(digest("alias"), X);
            });
    log().awaitArrival();
    assertEquals(List.of(), store.read(GroupCommitTest::tags));
    assertEquals(Optional.empty(), store.tag(A, new Tag("v1")));
    assertEquals(Optional.empty(), store.aliasTarget(digest("alias")));
    assertFalse(write.isDone());
    log().release();
    assertTrue(write.get());
    assertEquals(List.of(tag("v1", X)), store.read(GroupCommitTest::tags));
  }

  @Test
  void showsFunctionsWhatThoseBeforeThemLeft() throws Exception {
    store.write(
        facts -> {
          facts.putTag(A, tag("old", X));
          facts.putTag(A, tag("moved", X));
          return true;
        });
    log().hold();
    Future<Boolean> first =
        begin(
            facts -> {
              facts.removeTag(A, new Tag("old"));
              facts.putTag(A, tag("moved", digest("y")));
              facts.putTag(A, tag("new", X));
            });
    log().awaitArrival();
    List<TagTarget> left = List.of(tag("moved", digest("y")), tag("new", X));
    Future<Boolean> second =
        begin(
            facts -> {
              assertEquals(left, tags(facts));
              assertEquals(Optional.empty(), facts.tag(A, new Tag("old")));
              assertEquals(List.of(new Tag("new")), facts.tagsOf(A, X, Optional.empty(), 9));
              facts.putTag(A, tag("old", digest("z")));
              facts.removeTag(A, new Tag("new"));
            });
    List<TagTarget> end = List.of(tag("moved", digest("y")), tag("old", digest("z")));
    Future<Boolean> third = begin(facts -> assertEquals(end, tags(facts)));
    log().release();
    assertTrue(first.get());
    assertTrue(second.get());
    assertTrue(third.get());
    assertEquals(end, store.read(GroupCommitTest::tags));
    store.write(
        facts -> {
          assertEquals(end, tags(facts));
          return true;
        });
  }

  @Test
  void writesTogetherWhatCameWhileAnotherGroupWasWritten() throws Exception {
    log().hold();
    List<Future<Boolean>> writes = new ArrayList<>();
    writes.add(begin(facts -> facts.putBlob(blob(X, 0))));
    log().awaitArrival();
    for (int i = 0; i < 20; i++) {
      writes.add(
          begin(
              facts -> {
                long next = facts.blob(X).orElseThrow().size() + 1;
                facts.putBlob(blob(X, next));
                facts.putTag(A, tag("t" + next, X));
              }));
    }
    log().release();
    for (Future<Boolean> write : writes) {
      assertTrue(write.get());
    }
    assertEquals(List.of(1, 20), log().groups());
    assertEquals(Optional.of(blob(X, 20)), store.read(facts -> facts.blob(X)));
    List<TagTarget> tags = store.read(GroupCommitTest::tags);
    assertEquals(20, tags.size());
  }

  @Test
  void startsAnotherGroupWhenOneIsFull() throws Exception {
    log().hold();
    List<Future<Boolean>> writes = new ArrayList<>();
    writes.add(begin(facts -> facts.putBlob(blob(X, 0))));
    log().awaitArrival();
    for (int i = 0; i < 6; i++) {
      String content = String.valueOf((char) ('a' + i)).repeat(4 << 20);
      writes.add(begin(facts -> facts.putManifest(A, manifest(content))));
    }
    log().release();
    for (Future<Boolean> write : writes) {
      assertTrue(write.get());
    }
    assertEquals(List.of(1, 4, 2), log().groups());
    assertEquals(6, store.read(facts -> facts.manifests(A, Optional.empty(), 9)).size());
  }

  @Test
  void writesNothingWhenNothingWasChanged() throws Exception {
    store.write(FactReader::toString);
    store.write(GroupCommitTest::tags);
    store.write(
        facts -> {
          facts.removeTag(A, new Tag("absent"));
          facts.removeManifest(A, X);
          facts.removeLink(A, X);
          facts.removeAlias(X);
          return true;
        });
    assertEquals(List.of(), log().groups());
  }

  @Test
  void failsAllThatRanOverAGroupThatCannotBeWritten() throws Exception {
    store.write(
        facts -> {
          facts.putTag(A, tag("before", X));
          return true;
        });
    log().hold();
    Future<Boolean> first = begin(facts -> facts.putTag(A, tag("first", X)));
    log().awaitArrival();
    Future<Boolean> second = begin(facts -> facts.putTag(A, tag("second", X)));
    Future<Boolean> reader = begin(facts -> assertEquals(3, tags(facts).size()));
    IllegalStateException refusal = new IllegalStateException("there are three already");
    Future<Boolean> refused =
        begin(
            facts -> {
              assertEquals(3, tags(facts).size());
              throw refusal;
            });
    log().fail();

    for (Future<Boolean> write : List.of(first, second, reader, refused)) {
      assertTrue(failureOf(write).toString().contains("the disk is gone"));
    }
    assertSame(refusal, failureOf(refused).getSuppressed()[0]);
    assertEquals(List.of(1, 1), log().groups(), "the group behind it is not even tried");
    assertEquals(List.of(tag("before", X)), store.read(GroupCommitTest::tags));
  }

  @Test
  void takesNoChangesAfterAFailureUntilItIsOpenedAgain() throws Exception {
    log().hold();
    Future<Boolean> failing = begin(facts -> facts.putTag(A, tag("lost", X)));
    log().awaitArrival();
    log().fail();
    failureOf(failing);
    log().release();

    IOException refused =
        assertThrows(
            StoreReadOnlyException.class, () -> store.write(facts -> "the function does not run"));
    assertTrue(refused.toString().contains("the disk is gone"), refused.toString());
    assertInstanceOf(Health.ReadOnly.class, store.health());
    assertEquals(List.of(1), log().groups());
    assertEquals(List.of(), store.read(GroupCommitTest::tags));
    store.close();
    open();
    assertInstanceOf(Health.Writable.class, store.health());
    assertTrue(begin(facts -> facts.putTag(A, tag("kept", X))).get());
    assertEquals(List.of(tag("kept", X)), store.read(GroupCommitTest::tags));
  }

  @Test
  void leavesNobodyWaitingWhateverGoesWrong() throws Exception {
    log().hold();
    Future<Boolean> first = begin(facts -> facts.putTag(A, tag("first", X)));
    log().awaitArrival();
    Future<Boolean> second = begin(facts -> facts.putTag(A, tag("second", X)));
    IllegalArgumentException bug = new IllegalArgumentException("a bug");
    log().failWith(bug);
    assertSame(bug, failureOf(first).getCause());
    failureOf(second);
  }

  @Test
  void goesOnWaitingForDurabilityWhenItIsInterrupted() throws Exception {
    log().hold();
    Future<Boolean> leader = begin(facts -> facts.putTag(A, tag("first", X)));
    log().awaitArrival();
    CountDownLatch run = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();
    Future<Boolean> follower =
        threads.submit(
            () -> {
              thread.set(Thread.currentThread());
              store.write(
                  facts -> {
                    facts.putTag(A, tag("second", X));
                    run.countDown();
                    return true;
                  });
              assertEquals(2, store.read(GroupCommitTest::tags).size());
              return Thread.interrupted();
            });
    run.await();
    Objects.requireNonNull(thread.get()).interrupt();
    log().release();
    assertTrue(leader.get());
    assertTrue(follower.get(), "the interrupt is still there for others to see");
  }

  @Test
  void refusesAWriteInsideAWrite() throws Exception {
    assertThrows(
        IllegalStateException.class, () -> store.write(facts -> store.write(inner -> "never")));
    assertEquals("later", store.write(facts -> "later"));
  }

  @Test
  void refusesToBeClosedFromInside() throws Exception {
    for (boolean writing : new boolean[] {true, false}) {
      assertThrows(
          IllegalStateException.class,
          () -> {
            if (writing) {
              store.write(facts -> closeFromInside());
            } else {
              store.read(facts -> closeFromInside());
            }
          });
    }
    assertEquals("later", store.write(facts -> "later"));
  }

  private boolean closeFromInside() throws IOException {
    store.close();
    return true;
  }

  @Test
  void refusesFactsOutsideOfTheirTransaction() throws Exception {
    FactReader read = store.read(facts -> facts);
    FactWriter written = store.write(facts -> facts);
    for (FactReader facts : List.of(read, written)) {
      assertThrows(IllegalStateException.class, () -> facts.blob(X));
      assertThrows(IllegalStateException.class, () -> tags(facts));
    }
    assertThrows(IllegalStateException.class, () -> written.putTag(A, tag("v1", X)));
    assertThrows(IllegalStateException.class, () -> written.removeDoomed(new Placement("p")));
    store.read(
        facts -> {
          Future<?> elsewhere = threads.submit(() -> facts.blob(X));
          ExecutionException refused = assertThrows(ExecutionException.class, elsewhere::get);
          assertInstanceOf(IllegalStateException.class, refused.getCause());
          return true;
        });
  }
}
