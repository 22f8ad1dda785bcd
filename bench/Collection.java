import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.CollectionReport;
import dev.stowage.registry.ManifestInvalidException;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What a collection costs: a store of many blobs, each linked and referred to, of which some are
 * garbage with files of their own. Facts are written as the registry writes them, a thousand blobs a
 * transaction; of blobs that stay there are only facts, since the collector touches no file of theirs.
 *
 * <p>usage: bench/collection [BLOBS [GARBAGE [DIRECTORY]]]
 */
final class Collection {
  private static final int BATCH = 1000;
  private static final int SIZE = 4096;

  private Collection() {}

  public static void main(String[] arguments) throws IOException {
    int blobs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
    int garbage = arguments.length > 1 ? Integer.parseInt(arguments[1]) : blobs / 100;
    Path directory =
        arguments.length > 2
            ? Files.createDirectories(Path.of(arguments[2]))
            : Files.createTempDirectory("stowage-collection");
    try {
      run(directory, blobs, garbage);
    } finally {
      try (Stream<Path> all = Files.walk(directory)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  private static void run(Path directory, int blobs, int garbage) throws IOException {
    try (FileBlobData data = FileBlobData.open(directory, FileOptions.defaults());
        RocksMetadataStore facts =
            RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults())) {
      long began = System.nanoTime();
      keep(facts, blobs);
      say("%,d blobs with their edges written in %,d ms", blobs, since(began));
      try (StowageRegistry registry = open(data, facts)) {
        collect(registry, "first run, which looks everything through");
        collect(registry, "nothing to collect, just after the writes");
        collect(registry, "nothing to collect, again");
        began = System.nanoTime();
        litter(data, facts, garbage);
        say("%,d blobs of garbage with files written in %,d ms", garbage, since(began));
        System.gc();
        say("space before: %,d bytes", space(directory));
        collect(registry, "garbage");
        say("space behind: %,d bytes", space(directory));
        collect(registry, "nothing to collect, just after the garbage");
        collect(registry, "nothing to collect, again");
        Runtime runtime = Runtime.getRuntime();
        say("heap in use: %,d KiB", (runtime.totalMemory() - runtime.freeMemory()) >> 10);
      }
    }
    try (FileBlobData data = FileBlobData.open(directory, FileOptions.defaults())) {
      long began = System.nanoTime();
      try (RocksMetadataStore facts =
              RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
          StowageRegistry registry = open(data, facts)) {
        say("opened again in %,d ms", since(began));
        collect(registry, "nothing to collect, just after opening");
      }
    }
  }

  private static StowageRegistry open(FileBlobData data, RocksMetadataStore facts)
      throws IOException {
    return StowageRegistry.open(
        data,
        facts,
        (type, content) -> {
          throw new ManifestInvalidException("none is pushed");
        },
        CoreOptions.defaults()
            .withCollection(
                CollectionPolicy.defaults().withTimes(Duration.ZERO, Duration.ZERO)));
  }

  /** As uploads and a manifest push leave it: each link was marked, and its edge unmarked it. */
  private static void keep(RocksMetadataStore facts, int blobs) throws IOException {
    Digest manifest = digest("manifest");
    for (int first = 0; first < blobs; first += BATCH) {
      int from = first;
      RepositoryName repository = new RepositoryName("r" + first / 10_000);
      facts.write(
          f -> {
            f.putRepository(repository);
            for (int i = from; i < Math.min(from + BATCH, blobs); i++) {
              Digest digest = digest("kept " + i);
              f.putBlob(new StoredBlob(digest, SIZE, new Placement("kept/" + digest.hex())));
              f.putLink(
                  repository,
                  new BlobLink(digest, MediaType.OCTET_STREAM).reviewedFrom(new StoreTime(i)));
            }
            return true;
          });
      facts.write(
          f -> {
            for (int i = from; i < Math.min(from + BATCH, blobs); i++) {
              Digest digest = digest("kept " + i);
              f.putEdge(repository, new Edge(manifest, EdgeRole.LAYER, digest));
              f.putLink(repository, new BlobLink(digest, MediaType.OCTET_STREAM));
            }
            return true;
          });
    }
  }

  private static void litter(FileBlobData data, RocksMetadataStore facts, int garbage)
      throws IOException {
    RepositoryName repository = new RepositoryName("litter");
    for (int i = 0; i < garbage; i++) {
      byte[] content = new byte[SIZE];
      ByteBuffer.wrap(content).putInt(i);
      Digest digest = Digest.canonical(ByteBuffer.wrap(content));
      Staging staging = data.stage(UploadId.random());
      staging.write(ByteBuffer.wrap(content));
      Placement placement = data.place(staging, digest);
      facts.write(
          f -> {
            f.putRepository(repository);
            f.putBlob(new StoredBlob(digest, SIZE, placement));
            f.putLink(
                repository,
                new BlobLink(digest, MediaType.OCTET_STREAM)
                    .reviewedFrom(f.clock().orElseThrow().store()));
            return true;
          });
    }
  }

  private static void collect(StowageRegistry registry, String what) throws IOException {
    CollectionReport report = registry.collector().collect(removal -> {});
    say(
        "%-45s %,7d blobs, %,d bytes in %,.1f ms",
        what, report.blobs(), report.bytes(), report.took().toNanos() / 1e6);
  }

  private static Digest digest(String text) {
    return Digest.canonical(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static long space(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(each -> each.toFile().length()).sum();
    }
  }

  private static long since(long nanos) {
    return (System.nanoTime() - nanos) / 1_000_000;
  }

  private static void say(String format, Object... values) {
    System.out.printf(format + "%n", values);
  }
}
