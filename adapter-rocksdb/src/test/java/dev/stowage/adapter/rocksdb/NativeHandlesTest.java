package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.alias;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.MetadataStore.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A native handle that stays open costs memory for ever; one that is used too late, the process.
 */
final class NativeHandlesTest {
  private static final RepositoryName A = name("a");
  private static final String SNAPSHOTS = "rocksdb.num-snapshots";
  private static final String VERSIONS = "rocksdb.num-live-versions";

  @TempDir Path directory;

  @BeforeEach
  void makeAStoreWithADamagedLink() throws Exception {
    open().close();
    try (RawDatabase raw = new RawDatabase(directory)) {
      raw.put(Keys.link(A, digest("x")), new byte[] {99});
    }
  }

  private RocksMetadataStore open() throws IOException {
    return RocksMetadataStore.open(directory, RocksOptions.defaults());
  }

  private static boolean listLinks(FactReader facts) throws IOException {
    return facts.links(A, Optional.empty(), 9).isEmpty();
  }

  @Test
  void closesWhatItOpenedHoweverAFunctionEnds() throws IOException {
    try (RocksMetadataStore store = open()) {
      for (int i = 0; i < 3; i++) {
        assertThrows(IOException.class, () -> store.read(NativeHandlesTest::listLinks));
        assertThrows(IOException.class, () -> store.write(NativeHandlesTest::listLinks));
        assertThrows(
            IllegalStateException.class,
            () ->
                store.read(
                    facts -> {
                      facts.repositories(Optional.empty(), 1);
                      throw new IllegalStateException("no");
                    }));
      }
      assertEquals(0, store.property(SNAPSHOTS));
      long versions = store.property(VERSIONS);
      store.write(
          facts -> {
            facts.putRepository(A);
            return true;
          });
      store.flush();
      // An iterator that was left open would hold on to the version from before the flush.
      assertEquals(versions, store.property(VERSIONS));
    }
  }

  @Test
  void countsTheSnapshotOfAReader() throws IOException {
    try (RocksMetadataStore store = open()) {
      Reading<Long> snapshots = facts -> store.property(SNAPSHOTS);
      assertEquals(4, store.read(snapshots), "one, seen by each of four families");
    }
  }

  @Test
  void closesWhileItIsUsedFromManyThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (int round = 0; round < 5; round++) {
        RocksMetadataStore store = open();
        CountDownLatch begun = new CountDownLatch(6);
        List<Future<Boolean>> users = new ArrayList<>();
        users.add(threads.submit(until(begun, () -> store.aliasTarget(alias("x")).isPresent())));
        users.add(threads.submit(until(begun, () -> store.linkedBlob(A, digest("y")).isPresent())));
        for (int i = 0; i < 2; i++) {
          users.add(
              threads.submit(
                  until(
                      begun,
                      () -> store.read(facts -> facts.doomed(Optional.empty(), 9)).isEmpty())));
          users.add(
              threads.submit(
                  until(
                      begun,
                      () ->
                          store.write(
                              facts -> {
                                facts.putLink(name("b"), link(digest("y")));
                                return true;
                              }))));
        }
        begun.await();
        store.close();
        for (Future<Boolean> user : users) {
          user.get();
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Does something again and again, until it fails with an IOException. */
  private static Callable<Boolean> until(CountDownLatch begun, Callable<Boolean> use) {
    return () -> {
      use.call();
      begun.countDown();
      try {
        while (true) {
          use.call();
        }
      } catch (IOException e) {
        return true;
      }
    };
  }
}
