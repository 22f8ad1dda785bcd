package dev.stowage.adapter.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.http.RawConnection.Answer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that let the server hold large manifests which do not come to their end. */
@Timeout(120)
class ManifestMemoryTest extends ServerTest {
  /** Fewer than the threads for bodies, and more than the memory is for. */
  private static final int CLIENTS = 22;

  private static final int MOST_HELD = 16;
  private static final int SIZE = 4 * 1024 * 1024;

  @Override
  HttpOptions options() {
    return TestOptions.patient();
  }

  @Test
  void refusesLargeManifestsWhenTooManyAreHeldAndTakesSmallOnes() throws IOException {
    String image = image("a", "v1", ",\"annotations\":{\"pad\":\"%s\"}");
    String large = image.formatted("x".repeat(SIZE - image.length()));
    List<RawConnection> clients = new ArrayList<>();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(connect());
        clients
            .get(i)
            .sendWhileOpen(
                "PUT /v2/a/manifests/v%d HTTP/1.1\r\nHost: a\r\nContent-Type: %s\r\n"
                        .formatted(i, IMAGE)
                    + "Content-Length: 4194304\r\n\r\n")
            .sendWhileOpen(large.substring(0, SIZE - 100));
      }
      List<RawConnection> refused = awaitAnswers(clients, CLIENTS - MOST_HELD);
      Answer answer = refused.get(0).answer();
      assertEquals(503, answer.status(), answer.toString());
      assertTrue(answer.header("Retry-After").isPresent());
      pushManifest("a", "small", IMAGE, image.formatted("x"));
    } finally {
      for (RawConnection client : clients) {
        client.reset();
      }
    }
    HttpResponse<byte[]> pushed = putManifest("a", "large", IMAGE, large);
    while (pushed.statusCode() == 503) {
      pushed = putManifest("a", "large", IMAGE, large);
    }
    assertEquals(201, pushed.statusCode(), text(pushed));
    assertEquals(404, head("/v2/a/manifests/v0").statusCode());
  }

  private static List<RawConnection> awaitAnswers(List<RawConnection> clients, int least)
      throws IOException {
    List<RawConnection> answered = new ArrayList<>();
    while (answered.size() < least) {
      answered.clear();
      for (RawConnection client : clients) {
        if (client.isAnswered()) {
          answered.add(client);
        }
      }
      Thread.onSpinWait();
    }
    return answered;
  }
}
