package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import dev.stowage.registry.Page;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void answersAFailedMediumWithoutSayingWhere() throws IOException {
    Answer answer = answer(() -> fail(new IOException("/secret/data/blob: Input/output error")));
    assertEquals(500, answer.status());
    assertTrue(answer.body().contains("\"code\":\"UNAVAILABLE\""), answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
    assertTrue(answer.body().contains("\"request\":\""), answer.body());
  }

  @Test
  void tellsAFullDiskFromOtherFailures() throws IOException {
    Answer answer = answer(() -> fail(new NoSpaceException("/secret")));
    assertEquals(507, answer.status());
    assertTrue(answer.header("Retry-After").isPresent());
    assertTrue(answer.body().contains("\"code\":\"UNAVAILABLE\""), answer.body());
    assertTrue(answer.body().contains("storage is full"), answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
  }

  @Test
  void tellsAFullDiskBehindAnotherFailure() throws IOException {
    IOException behind = new IOException("cannot begin", new NoSpaceException("/secret"));
    assertEquals(507, answer(() -> fail(behind)).status());
  }

  @Test
  void tellsAReadOnlyStoreFromOtherFailures() throws IOException {
    Answer answer = answer(() -> fail(new StoreReadOnlyException("/secret")));
    assertEquals(503, answer.status());
    assertTrue(answer.header("Retry-After").isPresent());
    assertTrue(answer.body().contains("\"code\":\"UNAVAILABLE\""), answer.body());
    assertTrue(answer.body().contains("takes no changes"), answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
  }

  @Test
  void takesNoMessageForAFullDisk() throws IOException {
    assertEquals(500, answer(() -> fail(new IOException("No space left on device"))).status());
  }

  @Test
  void tellsTooManyOpenFilesFromOtherFailures() throws IOException {
    Answer answer = answer(() -> fail(new FileNotFoundException("/secret (Too many open files)")));
    assertEquals(503, answer.status());
    assertTrue(answer.header("Retry-After").isPresent());
  }

  @Test
  void answersAnInterruptAsAStop() throws IOException {
    assertEquals(503, answer(() -> fail(new ClosedByInterruptException())).status());
  }

  @Test
  void answersAMistakeOfItsOwnWithoutItsMessage() throws IOException {
    Answer answer =
        answer(
            () -> {
              throw new IllegalStateException("secret");
            });
    assertEquals(500, answer.status());
    assertTrue(answer.body().contains("\"code\":\"UNKNOWN\""), answer.body());
    assertFalse(answer.body().contains("secret"), answer.body());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }

  @Test
  void answersAnExhaustedHeapWithoutItsMessage() throws IOException {
    Answer answer =
        answer(
            () -> {
              throw new OutOfMemoryError("secret");
            });
    assertEquals(500, answer.status());
    assertFalse(answer.body().contains("secret"), answer.body());
    assertEquals("registry/2.0", answer.header("Docker-Distribution-Api-Version").orElse(""));
  }

  private static Page<RepositoryName> fail(IOException failure) throws IOException {
    throw failure;
  }

  private static Answer answer(CatalogOnly.Listing listing) throws IOException {
    try (RegistryServer server =
        new RegistryServer(new CatalogOnly(listing), TestOptions.usual())) {
      server.start();
      try (RawConnection connection = new RawConnection(server.port())) {
        return connection.send("GET /v2/_catalog HTTP/1.1\r\nHost: a\r\n\r\n").answer();
      }
    }
  }
}
