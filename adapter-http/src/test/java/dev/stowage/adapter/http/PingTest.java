package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PingTest extends ServerTest {
  @ParameterizedTest
  @ValueSource(strings = {"/v2/", "/v2"})
  void saysThatThisIsARegistry(String path) throws IOException {
    HttpResponse<byte[]> pong = get(path);
    assertEquals(200, pong.statusCode());
    assertEquals("{}", text(pong));
    assertEquals("application/json", header(pong, "Content-Type"));
    assertEquals("registry/2.0", header(pong, "Docker-Distribution-Api-Version"));
    assertEquals("nosniff", header(pong, "X-Content-Type-Options"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/",
        "/v2/_oci/ext/discover",
        "/v2/a/_oci/ext/discover",
        "/admin",
        "/admin/",
        "/metrics",
        "/health",
        "/v2/_admin",
        "/v2/_stowage",
        "/.well-known/x",
        "/v1/_ping",
      })
  void hasNothingElsewhere(String path) throws IOException {
    assertRefused(404, "UNSUPPORTED", get(path));
  }
}
