package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.manifest;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.StoredManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store does when its log really cannot be written, and not only a stand-in of it. */
final class FullDiskTest {
  private static final RepositoryName A = name("a");

  /** Larger than the native library, which the other process unpacks. */
  private static final int LARGEST_FILE_KIBIBYTES = 48 << 10;

  /** So large that the log is not changed for another before the limit. */
  private static final RocksOptions OPTIONS = new RocksOptions(8 << 20, 256 << 20, 64);

  @TempDir Path directory;

  /** Has a limit on the size of a file, and pushes until it meets it. */
  static final class Filler {
    private Filler() {}

    public static void main(String[] arguments) throws Exception {
      Path meta = Path.of(arguments[0]);
      RocksMetadataStore store = RocksMetadataStore.open(meta, OPTIONS);
      int refused = 0;
      while (fits(store, refused)) {
        System.out.println("acknowledged " + refused);
        refused++;
      }
      System.out.println("refused " + refused);
      System.out.println("visible " + store.tag(A, new Tag("t" + refused)).isPresent());
      System.out.println("next " + fits(store, refused + 1));
      System.out.println("readable " + store.tag(A, new Tag("t0")).isPresent());
      System.out.println("closing failed " + failsToClose(store));
      try (RocksMetadataStore again = RocksMetadataStore.open(meta, OPTIONS)) {
        System.out.println("reopened " + fits(again, 0));
      }
    }

    /** It says what the log's failure left unwritten, but holds on to nothing. */
    private static boolean failsToClose(RocksMetadataStore store) {
      try {
        store.close();
        return false;
      } catch (IOException e) {
        return true;
      }
    }

    private static boolean fits(RocksMetadataStore store, int number) {
      StoredManifest manifest = content(number);
      try {
        return store.write(
            facts -> {
              facts.putManifest(A, manifest);
              facts.putTag(A, tag("t" + number, manifest.descriptor().digest()));
              return true;
            });
      } catch (IOException e) {
        return false;
      }
    }
  }

  private static StoredManifest content(int number) {
    return manifest(number + " ".repeat(3 << 20));
  }

  @Test
  void keepsWhatWasAcknowledgedWhenTheLogCannotGrow() throws Exception {
    Path meta = directory.resolve("meta");
    List<String> said = new ArrayList<>();
    try (ChildProcess child =
        ChildProcess.limited(
            LARGEST_FILE_KIBIBYTES, Filler.class, directory.resolve("library"), meta.toString())) {
      for (String line = child.readLine(); line != null; line = child.readLine()) {
        if (!line.contains(" WARN ")) {
          said.add(line);
        }
      }
    }
    int refused = 0;
    while (said.contains("acknowledged " + refused)) {
      refused++;
    }
    assertTrue(refused > 0, said.toString());
    assertEquals(
        List.of(
            "refused " + refused,
            "visible false",
            "next false",
            "readable true",
            "closing failed true",
            "reopened true"),
        said.subList(refused, said.size()));
    try (RocksMetadataStore store = RocksMetadataStore.open(meta, OPTIONS)) {
      for (int i = 0; i < refused; i++) {
        Digest digest = content(i).descriptor().digest();
        assertEquals(Optional.of(content(i)), store.manifest(A, digest));
        assertTrue(store.tag(A, new Tag("t" + i)).isPresent());
      }
      assertEquals("takes changes again", store.write(facts -> "takes changes again"));
    }
  }
}
