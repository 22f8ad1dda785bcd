package dev.stowage.app.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scrub of real files and facts, beside clients that push, delete and cancel. */
class StoredScrubTest {
  private static final int ROUNDS = 30;

  private final BlobData data;
  private final MetadataStore facts;
  private final StowageRegistry registry;

  StoredScrubTest(@TempDir Path directory) throws IOException {
    data = FileBlobData.open(directory, FileOptions.defaults());
    facts = RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
    registry =
        StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
  }

  @AfterEach
  void close() throws IOException {
    registry.close();
    facts.close();
    data.close();
  }

  @Test
  void findsNothingInWhatComesAndGoes() throws Exception {
    AtomicBoolean enough = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(2);
    try {
      List<Future<Integer>> ended = new ArrayList<>();
      for (int client = 0; client < 2; client++) {
        Repository repository = registry.repository(new RepositoryName("client" + client));
        ended.add(clients.submit(() -> comeAndGo(repository, enough)));
      }
      for (int round = 0; round < ROUNDS; round++) {
        ScrubReport report =
            registry
                .scrubber()
                .scrub(new ScrubOptions(true, OptionalLong.empty()), Progress.SILENT);
        assertTrue(report.clean(), report.toString());
        assertEquals(List.of(), report.orphans());
        assertEquals(List.of(), report.released());
      }
      enough.set(true);
      for (Future<Integer> each : ended) {
        assertTrue(each.get() > 0);
      }
    } finally {
      enough.set(true);
      clients.shutdown();
    }
  }

  /** The clients share contents, so that each other's commits meet a blob that comes or goes. */
  private static int comeAndGo(Repository repository, AtomicBoolean enough) throws IOException {
    int number = 0;
    while (!enough.get()) {
      ByteBuffer content = ByteBuffer.wrap(("content " + number % 3).getBytes(UTF_8));
      repository.blobs().put(MediaType.OCTET_STREAM, content);
      try (BlobWriter cancelled = repository.blobs().create()) {
        cancelled.write(content.duplicate());
        cancelled.cancel();
      }
      repository.blobs().delete(Digest.canonical(content));
      number++;
    }
    return number;
  }
}
