package dev.stowage.contract;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.edge;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.FactWriter;
import dev.stowage.spi.LinkedBlob;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link MetadataStore} does. A test class of the implementation extends it and opens
 * stores: facts and lists are tried by what it inherits, transactions here.
 */
public abstract class MetadataStoreContract extends FactsContract {
  private static final Digest X = digest("x");
  private static final Digest Y = digest("y");
  private static final int THREADS = 8;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  final void stopThreads() {
    threads.shutdownNow();
  }

  @Test
  void givesBackWhatAFunctionReturns() throws IOException {
    assertEquals("read", store.read(facts -> "read"));
    assertEquals("written", store.write(facts -> "written"));
  }

  @Test
  void changesNothingWhenAFunctionThrows() throws IOException {
    write(facts -> facts.putTag(A, tag("v1", X)));
    for (Exception reason : List.of(new IOException("no"), new IllegalStateException("no"))) {
      Exception thrown =
          assertThrows(
              reason.getClass(),
              () ->
                  write(
                      facts -> {
                        facts.putTag(A, tag("v1", Y));
                        facts.putTag(A, tag("v2", Y));
                        facts.putBlob(blob(X, 1));
                        facts.removeTag(A, new Tag("v1"));
                        raise(reason);
                      }));
      assertSame(reason, thrown);
    }
    assertEquals(List.of(tag("v1", X)), store.read(FactsOf::tags));
    assertEquals(Optional.empty(), store.read(facts -> facts.blob(X)));
    write(facts -> assertEquals(List.of(tag("v1", X)), FactsOf.tags(facts)));
  }

  private static void raise(Exception reason) throws IOException {
    if (reason instanceof IOException medium) {
      throw medium;
    }
    throw (RuntimeException) reason;
  }

  /** The facts that these tests look at. */
  private static final class FactsOf {
    static List<TagTarget> tags(FactReader facts) throws IOException {
      return facts.tags(A, Optional.empty(), 100);
    }

    static long count(FactReader facts, Digest digest) throws IOException {
      return facts.blob(digest).orElseThrow().size();
    }
  }

  private long count(Digest digest) throws IOException {
    return store.read(facts -> FactsOf.count(facts, digest));
  }

  @Test
  void hidesChangesUntilTheFunctionReturns() throws Exception {
    write(
        facts -> {
          facts.putTag(A, tag("v1", X));
          elsewhere(
              () -> {
                assertEquals(List.of(), store.read(FactsOf::tags));
                assertEquals(Optional.empty(), store.tag(A, new Tag("v1")));
              });
        });
    assertEquals(List.of(tag("v1", X)), store.read(FactsOf::tags));
  }

  @Test
  void givesBackWhatAReadingFunctionThrows() throws IOException {
    IOException reason = new IOException("no");
    assertSame(
        reason,
        assertThrows(
            IOException.class,
            () ->
                store.read(
                    facts -> {
                      throw reason;
                    })));
    assertEquals(List.of(), store.read(FactsOf::tags));
  }

  @Test
  void readsOneMomentHoweverLongItTakes() throws Exception {
    write(facts -> facts.putTag(A, tag("v1", X)));
    store.read(
        facts -> {
          assertEquals(List.of(tag("v1", X)), FactsOf.tags(facts));
          elsewhere(
              () ->
                  write(
                      changed -> {
                        changed.putTag(A, tag("v1", Y));
                        changed.putTag(A, tag("v2", Y));
                        changed.putBlob(blob(X, 1));
                      }));
          assertEquals(List.of(tag("v1", X)), FactsOf.tags(facts));
          assertEquals(Optional.of(tag("v1", X)), facts.tag(A, new Tag("v1")));
          assertEquals(List.of(), facts.tagsOf(A, Y, Optional.empty(), 9));
          assertEquals(Optional.empty(), facts.blob(X));
          return true;
        });
    assertEquals(List.of(tag("v1", Y), tag("v2", Y)), store.read(FactsOf::tags));
  }

  @Test
  void showsAChangeToAllWhoBeginAfterItReturned() throws Exception {
    for (int i = 0; i < 50; i++) {
      TagTarget target = tag("v1", digest("manifest " + i));
      elsewhere(() -> write(facts -> facts.putTag(A, target)));
      assertEquals(Optional.of(target), store.tag(A, target.tag()));
      assertEquals(List.of(target), store.read(FactsOf::tags));
      write(facts -> assertEquals(List.of(target), FactsOf.tags(facts)));
    }
  }

  @Test
  void losesNoUpdate() throws Exception {
    write(facts -> facts.putBlob(blob(X, 0)));
    MeetingPoint meeting = new MeetingPoint();
    Change increment =
        facts -> {
          long count = FactsOf.count(facts, X);
          meeting.arrive();
          facts.putBlob(blob(X, count + 1));
        };
    race(increment, increment);
    assertEquals(2, count(X));
  }

  @Test
  void letsNoTwoActOnWhatTheOtherChanges() throws Exception {
    // Each takes its own tag away as long as the other one's is there.
    write(
        facts -> {
          facts.putTag(A, tag("left", X));
          facts.putTag(A, tag("right", X));
        });
    MeetingPoint meeting = new MeetingPoint();
    race(removeIfThere(meeting, "left", "right"), removeIfThere(meeting, "right", "left"));
    assertEquals(1, store.read(FactsOf::tags).size());
  }

  private static Change removeIfThere(MeetingPoint meeting, String mine, String other) {
    return facts -> {
      boolean there = facts.tag(A, new Tag(other)).isPresent();
      meeting.arrive();
      if (there) {
        facts.removeTag(A, new Tag(mine));
      }
    };
  }

  @Test
  void letsNoTwoActOnAbsentFacts() throws Exception {
    MeetingPoint meeting = new MeetingPoint();
    race(putIfAbsent(meeting, "left", "right"), putIfAbsent(meeting, "right", "left"));
    assertEquals(1, store.read(FactsOf::tags).size());
  }

  private static Change putIfAbsent(MeetingPoint meeting, String mine, String other) {
    return facts -> {
      boolean absent = facts.tag(A, new Tag(other)).isEmpty();
      meeting.arrive();
      if (absent) {
        facts.putTag(A, tag(mine, X));
      }
    };
  }

  @Test
  void letsNothingAppearInAListThatWasReliedOn() throws Exception {
    MeetingPoint meeting = new MeetingPoint();
    race(linkIfNoneIs(meeting, X), linkIfNoneIs(meeting, Y));
    assertEquals(1, store.read(facts -> facts.links(A, Optional.empty(), 9)).size());
  }

  private static Change linkIfNoneIs(MeetingPoint meeting, Digest digest) {
    return facts -> {
      boolean none = facts.links(A, Optional.empty(), 9).isEmpty();
      meeting.arrive();
      if (none) {
        facts.putLink(A, link(digest));
      }
    };
  }

  @Test
  void letsNoReferenceMissARemoval() throws Exception {
    StoredManifest manifest = manifest("refers to x");
    write(
        facts -> {
          facts.putBlob(blob(X, 1));
          facts.putLink(A, link(X));
        });
    MeetingPoint meeting = new MeetingPoint();
    Change push =
        facts -> {
          boolean linked = facts.link(A, X).isPresent();
          meeting.arrive();
          if (linked) {
            facts.putManifest(A, manifest);
            facts.putEdge(A, edge(manifest.descriptor().digest(), EdgeRole.LAYER, X));
          }
        };
    Change sweep =
        facts -> {
          boolean free = facts.edgesTo(A, X, EdgeRole.LAYER, Optional.empty(), 1).isEmpty();
          meeting.arrive();
          if (free) {
            facts.removeLink(A, X);
          }
        };
    race(push, sweep);
    boolean pushed = store.manifest(A, manifest.descriptor().digest()).isPresent();
    assertEquals(pushed, store.linkedBlob(A, X).isPresent());
  }

  @Test
  void countsRightFromManyThreads() throws Exception {
    long times = 25;
    write(facts -> facts.putBlob(blob(X, 0)));
    List<Callable<Boolean>> counters = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      counters.add(
          () -> {
            for (int i = 0; i < times; i++) {
              long mine =
                  store.write(
                      facts -> {
                        long next = FactsOf.count(facts, X) + 1;
                        facts.putBlob(blob(X, next));
                        return next;
                      });
              assertTrue(mine <= count(X));
            }
            return true;
          });
    }
    allOf(counters);
    assertEquals(THREADS * times, count(X));
  }

  @Test
  void showsReadersWholeTransactionsOnly() throws Exception {
    int sum = 1000;
    write(
        facts -> {
          facts.putBlob(blob(X, sum));
          facts.putBlob(blob(Y, 0));
        });
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Boolean>> readers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      readers.add(
          threads.submit(
              () -> {
                while (!done.get()) {
                  long seen =
                      store.read(facts -> FactsOf.count(facts, X) + FactsOf.count(facts, Y));
                  assertEquals(sum, seen);
                }
                return true;
              }));
    }
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      writers.add(
          () -> {
            for (int step = 0; step < 50; step++) {
              write(MetadataStoreContract::moveOne);
            }
            return true;
          });
    }
    try {
      allOf(writers);
    } finally {
      done.set(true);
    }
    for (Future<Boolean> reader : readers) {
      assertTrue(reader.get());
    }
    assertEquals(200, count(Y));
  }

  @Test
  void showsALinkWithTheBlobOfTheSameMoment() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    write(facts -> putLinkAndBlob(facts, 0));
    Future<Boolean> reader =
        threads.submit(
            () -> {
              while (!done.get()) {
                LinkedBlob seen = store.linkedBlob(A, X).orElseThrow();
                assertEquals(numbered(seen.blob().size()), seen.link().mediaType());
              }
              return true;
            });
    try {
      for (int number = 1; number <= 300; number++) {
        int mine = number;
        write(facts -> putLinkAndBlob(facts, mine));
      }
    } finally {
      done.set(true);
    }
    assertTrue(reader.get());
  }

  private static void putLinkAndBlob(FactWriter facts, long number) throws IOException {
    facts.putLink(A, new BlobLink(X, numbered(number)));
    facts.putBlob(blob(X, number));
  }

  private static MediaType numbered(long number) {
    return new MediaType("application/x" + number);
  }

  private static void moveOne(FactWriter facts) throws IOException {
    facts.putBlob(blob(X, FactsOf.count(facts, X) - 1));
    facts.putBlob(blob(Y, FactsOf.count(facts, Y) + 1));
  }

  @Test
  void finishesACommitInAnInterruptedThread() throws Exception {
    elsewhere(
        () -> {
          Thread.currentThread().interrupt();
          write(facts -> facts.putTag(A, tag("v1", X)));
          assertTrue(Thread.interrupted(), "the interrupt is still there for others to see");
        });
    assertEquals(List.of(tag("v1", X)), store.read(FactsOf::tags));
  }

  @Test
  void endsCallsUnderWayWhenItIsClosed() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    Future<Boolean> writer =
        threads.submit(
            () ->
                store.write(
                    facts -> {
                      facts.putTag(A, tag("v1", X));
                      inside.countDown();
                      facts.putTag(A, tag("v2", X));
                      return true;
                    }));
    inside.await();
    store.close();
    assertTrue(writer.get());
    store = reopen();
    assertEquals(List.of(tag("v1", X), tag("v2", X)), store.read(FactsOf::tags));
  }

  private void race(Change left, Change right) throws Exception {
    allOf(
        List.of(
            () -> {
              write(left);
              return true;
            },
            () -> {
              write(right);
              return true;
            }));
  }

  private void allOf(List<Callable<Boolean>> tasks) throws Exception {
    for (Future<Boolean> task : threads.invokeAll(tasks)) {
      assertTrue(task.get());
    }
  }

  /** Does something in another thread, and waits until it is done. */
  private void elsewhere(Task task) throws IOException {
    Future<?> done =
        threads.submit(
            () -> {
              task.run();
              return true;
            });
    try {
      done.get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException("what was done elsewhere failed", e);
    }
  }

  @FunctionalInterface
  private interface Task {
    void run() throws IOException;
  }

  /**
   * Where two functions meet in the middle, if the store lets them run side by side. If it does
   * not, the first one goes on after a short wait, and the other finds the meeting over.
   */
  private static final class MeetingPoint {
    private final CyclicBarrier barrier = new CyclicBarrier(2);

    void arrive() throws IOException {
      try {
        barrier.await(150, TimeUnit.MILLISECONDS);
      } catch (TimeoutException | BrokenBarrierException e) {
        // The other one waits for this one to end: that is an answer, too.
        return;
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
    }
  }
}
