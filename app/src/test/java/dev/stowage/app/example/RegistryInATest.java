package dev.stowage.app.example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.adapter.fs.FileBlobData;
import dev.stowage.adapter.fs.FileOptions;
import dev.stowage.adapter.http.HttpOptions;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.adapter.rocksdb.RocksOptions;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry inside a JUnit test, with no container runtime. */
class RegistryInATest {
  @TempDir Path directory;

  @Test
  void answersOnAFreePort() throws Exception {
    try (var data = FileBlobData.open(directory, FileOptions.defaults());
        var facts =
            RocksMetadataStore.open(directory.resolve("metadata"), RocksOptions.defaults());
        var registry =
            StowageRegistry.open(data, facts, new JacksonManifestReader(), CoreOptions.defaults());
        var server =
            new RegistryServer(registry, HttpOptions.defaults().listeningOn("127.0.0.1", 0))) {
      server.start();
      HttpRequest ping = HttpRequest.newBuilder(server.uri().resolve("/v2/")).build();
      assertEquals(
          200, HttpClient.newHttpClient().send(ping, BodyHandlers.discarding()).statusCode());
    }
  }
}
