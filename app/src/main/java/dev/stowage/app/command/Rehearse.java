package dev.stowage.app.command;

import dev.stowage.adapter.rocksdb.RocksMetadataStore;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.SettingException;
import dev.stowage.app.wiring.Assembly;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Serves a few requests to itself and ends, for the launcher: the JVM archives the classes that
 * this used, and RocksDB's native library is unpacked for good.
 */
@Command(name = "rehearse", hidden = true)
final class Rehearse implements Callable<Integer> {
  private static final String EMPTY =
      "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
  private static final String MANIFEST =
      "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
          + "\"config\":{\"mediaType\":\"application/vnd.oci.empty.v1+json\",\"size\":0,\"digest\":\""
          + EMPTY
          + "\"},\"layers\":[]}";
  private static final List<String> REQUESTS =
      List.of(
          request("GET", "/v2/", ""),
          request("POST", "/v2/a/blobs/uploads/?digest=" + EMPTY, ""),
          request("POST", "/v2/a/blobs/uploads/", ""),
          request("PUT", "/v2/a/manifests/latest", MANIFEST),
          request("GET", "/v2/a/manifests/latest", ""),
          request("HEAD", "/v2/a/blobs/" + EMPTY, ""),
          request("GET", "/v2/a/blobs/" + EMPTY, ""),
          request("GET", "/v2/a/tags/list?n=1", ""),
          request("GET", "/v2/a/manifests/absent", ""));

  @Parameters(paramLabel = "DIR", description = "An empty directory.")
  private @Nullable Path directory;

  @Override
  public Integer call() throws IOException, SettingException {
    Path here = Objects.requireNonNull(directory);
    RocksMetadataStore.unpackLibrary(here);
    Path data = here.resolve("data");
    GivenSettings settings =
        GivenSettings.of(List.of("data.dir=" + data, "http.listen=127.0.0.1:0"));
    try (Assembly server = Assembly.start(settings)) {
      for (String request : REQUESTS) {
        send(server.uri(), request);
      }
    }
    delete(data);
    return 0;
  }

  private static String request(String method, String target, String body) {
    return method
        + " "
        + target
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        + "Content-Type: application/vnd.oci.image.manifest.v1+json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static void send(URI server, String request) throws IOException {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
