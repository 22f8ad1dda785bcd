package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digest;
import static dev.stowage.contract.SampleFacts.link;
import static dev.stowage.contract.SampleFacts.name;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures how long a store takes to open: {@code OpeningTime DIRECTORY BLOBS}. The blobs are
 * recorded and linked first, if they are not there yet; then the store is opened as it was closed,
 * some times more, and as a kill would have left it.
 */
final class OpeningTime {
  private static final RepositoryName A = name("a");
  private static final int IN_A_CHANGE = 1_000;

  private OpeningTime() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    int blobs = Integer.parseInt(arguments[1]);
    Path store = directory.resolve("store");
    Path killed = directory.resolve("killed");
    if (!Files.exists(store)) {
      fill(store, killed, blobs);
    }
    System.out.println("closed, " + logBytes(store) + " bytes of logs: " + open(store) + " ms");
    for (int i = 0; i < 3; i++) {
      System.out.println("again, " + logBytes(store) + " bytes of logs: " + open(store) + " ms");
    }
    System.out.println("killed, " + logBytes(killed) + " bytes of logs: " + open(killed) + " ms");
  }

  private static void fill(Path store, Path killed, int blobs) throws IOException {
    try (RocksMetadataStore open = RocksMetadataStore.open(store, RocksOptions.defaults())) {
      for (int first = 0; first < blobs; first += IN_A_CHANGE) {
        List<Digest> digests = new ArrayList<>();
        for (int i = first; i < Math.min(blobs, first + IN_A_CHANGE); i++) {
          digests.add(digest("blob " + i));
        }
        open.write(
            facts -> {
              for (Digest digest : digests) {
                facts.putBlob(blob(digest, 1_000_000));
                facts.putLink(A, link(digest));
              }
              return true;
            });
      }
      Files.createDirectories(killed);
      try (Stream<Path> files = Files.list(store)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, killed.resolve(file.getFileName()));
        }
      }
    }
  }

  private static long logBytes(Path store) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private static long open(Path store) throws IOException {
    long before = System.nanoTime();
    TornTail.find(store);
    long begun = System.nanoTime();
    System.out.print("(reading the logs alone: " + (begun - before) / 1_000_000 + " ms) ");
    long read;
    try (RocksMetadataStore open = RocksMetadataStore.open(store, RocksOptions.defaults())) {
      if (open.linkedBlob(A, digest("blob 0")).isEmpty()) {
        throw new IllegalStateException("it lost a blob");
      }
      read = System.nanoTime();
    }
    return (read - begun) / 1_000_000;
  }
}
