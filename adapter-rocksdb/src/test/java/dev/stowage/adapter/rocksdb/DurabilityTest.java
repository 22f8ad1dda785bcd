package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DurabilityTest {
  private static final RepositoryName A = name("a");
  private static final int KILLS = 5;
  private static final int ACKNOWLEDGED = 150;

  /** What tells a whole line from one that the kill cut short. */
  private static final String END = " in full";

  @TempDir Path directory;

  /** One push: everything that is said of a number, or nothing, is there. */
  private static void push(MetadataStore store, String number) throws IOException {
    StoredManifest manifest = manifest("manifest " + number);
    Digest layer = digest("layer " + number);
    store.write(
        facts -> {
          facts.putBlob(blob(layer, 1));
          facts.putLink(A, link(layer));
          facts.putManifest(A, manifest);
          facts.putTag(A, tag("t" + number, manifest.descriptor().digest()));
          return true;
        });
  }

  private static void assertWhole(MetadataStore store, String number) throws IOException {
    StoredManifest manifest = manifest("manifest " + number);
    Digest digest = manifest.descriptor().digest();
    Tag tag = new Tag("t" + number);
    assertEquals(Optional.of(digest), store.tag(A, tag).map(TagTarget::manifest));
    assertEquals(Optional.of(manifest), store.manifest(A, digest));
    assertTrue(store.linkedBlob(A, digest("layer " + number)).isPresent());
    assertEquals(List.of(tag), store.read(facts -> facts.tagsOf(A, digest, Optional.empty(), 2)));
  }

  /** Pushes without an end from several threads, and says each number once its push returned. */
  static final class Pusher {
    private Pusher() {}

    public static void main(String[] arguments) throws Exception {
      try (MetadataStore store =
          RocksMetadataStore.open(Path.of(arguments[0]), RocksOptions.defaults())) {
        Thread[] threads = new Thread[4];
        for (int i = 0; i < threads.length; i++) {
          String mine = arguments[1] + "." + i + ".";
          threads[i] = new Thread(() -> pushForEver(store, mine));
          threads[i].start();
        }
        for (Thread thread : threads) {
          thread.join();
        }
      }
    }

    private static void pushForEver(MetadataStore store, String mine) {
      try {
        for (int i = 0; ; i++) {
          push(store, mine + i);
          System.out.println("acknowledged " + mine + i + END);
        }
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void keepsWhatWasAcknowledgedWhenTheProcessIsKilled() throws Exception {
    Path meta = directory.resolve("meta");
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess child =
          new ChildProcess(
              Pusher.class, directory.resolve("library"), meta.toString(), "k" + kill)) {
        for (int i = 0; i < ACKNOWLEDGED; i++) {
          acknowledged.add(numberIn(child.readLine()));
        }
        child.kill();
        // What had been said when it died counts as well.
        for (String line = child.readLine(); line != null; line = child.readLine()) {
          if (line.endsWith(END)) {
            acknowledged.add(numberIn(line));
          }
        }
      }
      try (MetadataStore store = RocksMetadataStore.open(meta, RocksOptions.defaults())) {
        for (String number : acknowledged) {
          assertWhole(store, number);
        }
        // What was not acknowledged is there whole or not at all.
        for (TagTarget target : store.read(facts -> facts.tags(A, Optional.empty(), 100_000))) {
          assertWhole(store, target.tag().value().substring(1));
        }
      }
    }
    assertTrue(acknowledged.size() >= KILLS * ACKNOWLEDGED);
  }

  private static String numberIn(@Nullable String line) {
    assertNotNull(line, "the other process has ended");
    assertTrue(line.startsWith("acknowledged "), line);
    return line.substring("acknowledged ".length(), line.length() - END.length());
  }
}
