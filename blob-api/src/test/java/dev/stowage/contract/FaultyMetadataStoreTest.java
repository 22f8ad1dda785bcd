package dev.stowage.contract;

import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.contract.FaultyMetadataStore.Moment;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class FaultyMetadataStoreTest {
  private static final RepositoryName A = name("a");

  private final InMemoryMetadataStore store = new InMemoryMetadataStore();
  private final FaultyMetadataStore faulty = new FaultyMetadataStore(store);

  @Test
  void failsReadsUntilItIsToldNotTo() throws IOException {
    faulty.failReads(true);
    assertThrows(IOException.class, () -> faulty.read(facts -> facts.hasRepository(A)));
    assertThrows(IOException.class, () -> faulty.tag(A, new Tag("t")));
    assertThrows(IOException.class, () -> faulty.manifest(A, digest("m")));
    assertThrows(IOException.class, () -> faulty.linkedBlob(A, digest("m")));
    assertThrows(IOException.class, () -> faulty.aliasTarget(digest("m")));
    faulty.failReads(false);
    assertFalse(has(faulty, "a"));
  }

  @Test
  void failsTheWriteThatWasNamedBeforeItsEffect() throws IOException {
    faulty.failWrite(2, Moment.BEFORE_THE_EFFECT);
    put("a");
    assertThrows(IOException.class, () -> put("b"));
    put("c");
    assertTrue(has(store, "a"));
    assertFalse(has(store, "b"));
    assertTrue(has(store, "c"));
  }

  @Test
  void failsTheWriteThatWasNamedAfterItsEffect() throws IOException {
    faulty.failWrite(1, Moment.AFTER_THE_EFFECT);
    assertThrows(IOException.class, () -> put("a"));
    assertTrue(has(store, "a"));
  }

  @Test
  void runsFunctionsTwiceAndKeepsTheSecondRun() throws IOException {
    faulty.runTwice(true);
    AtomicInteger runs = new AtomicInteger();
    int result =
        faulty.write(
            facts -> {
              assertFalse(facts.hasRepository(A), "the first run left nothing");
              facts.putRepository(A);
              return runs.incrementAndGet();
            });
    assertEquals(2, result);
    assertTrue(has(store, "a"));
  }

  private static boolean has(MetadataStore store, String name) throws IOException {
    return store.read(facts -> facts.hasRepository(name(name)));
  }

  private void put(String name) throws IOException {
    faulty.write(
        facts -> {
          facts.putRepository(name(name));
          return true;
        });
  }
}
