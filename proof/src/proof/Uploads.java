package proof;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Pushes blobs in every way that the protocol has, and goes on with what a crash interrupted. */
final class Uploads {
  private static final String OCTETS = "application/octet-stream";

  /**
   * An upload that is not finished.
   *
   * @param content what is being pushed
   * @param location where
   * @param received how many bytes the server has acknowledged
   * @param sent how many it may have
   * @param closing whether the request that ends it was sent
   */
  private record Unfinished(
      Content content, String location, int received, int sent, boolean closing) {}

  private final Ledger ledger;
  private final SplittableRandom random;
  private Optional<Unfinished> unfinished = Optional.empty();

  Uploads(Ledger ledger, SplittableRandom random) {
    this.ledger = ledger;
    this.random = random;
  }

  /** Sees that a blob is in the repository. */
  void push(Connection server, Content content, List<String> others) throws IOException {
    if (ledger.now().blobs().contains(content.name())) {
      return;
    }
    int way = random.nextInt(10);
    if (way < 2) {
      mount(server, content, others.get(random.nextInt(others.size())));
    } else if (way < 4) {
      monolithic(server, content);
    } else if (way < 6) {
      finish(server, content, start(server), 0, content.size());
    } else if (way < 8) {
      streamed(server, content);
    } else {
      pieces(server, content, start(server), 0);
    }
  }

  private void mount(Connection server, Content content, String from) throws IOException {
    begin("mounts " + content.name() + " from " + from, content);
    Answer answer =
        server
            .send("POST", uploads() + "?mount=" + content.name() + "&from=" + from)
            .expect("a mount", 201, 202);
    if (answer.status() == 201) {
      ledger.acknowledged(answer.at());
      return;
    }
    ledger.refused();
    pieces(server, content, answer.location(), 0);
  }

  private void monolithic(Connection server, Content content) throws IOException {
    begin("posts " + content.name(), content);
    Answer answer =
        server
            .send("POST", uploads() + "?digest=" + content.name(), octets(), content.bytes())
            .expect("a monolithic push", 201);
    ledger.acknowledged(answer.at());
  }

  private void streamed(Connection server, Content content) throws IOException {
    String location = start(server);
    unfinished = Optional.of(new Unfinished(content, location, 0, content.size(), false));
    Answer answer =
        server
            .send("PATCH", location, octets(), content.bytes(), 1 + random.nextInt(100_000))
            .expect("a streamed push", 202);
    finish(server, content, answer.location(), content.size(), content.size());
  }

  /** Sends what is left in pieces, the last of them maybe with the request that ends the upload. */
  private void pieces(Connection server, Content content, String location, int from)
      throws IOException {
    int at = from;
    byte[] bytes = content.bytes();
    int piece = 1 + random.nextInt(Math.max(1, content.size()));
    String next = location;
    while (at < content.size() && (at + piece < content.size() || random.nextBoolean())) {
      int end = Math.min(content.size(), at + piece);
      unfinished = Optional.of(new Unfinished(content, next, at, end, false));
      next =
          server
              .send(
                  "PATCH",
                  next,
                  Map.of("Content-Type", OCTETS, "Content-Range", at + "-" + (end - 1)),
                  Arrays.copyOfRange(bytes, at, end))
              .expect("a piece", 202)
              .location();
      at = end;
    }
    finish(server, content, next, at, content.size());
  }

  private void finish(Connection server, Content content, String location, int from, int to)
      throws IOException {
    unfinished = Optional.of(new Unfinished(content, location, from, to, true));
    begin("puts " + content.name(), content);
    Answer answer =
        server
            .send(
                "PUT",
                location + (location.contains("?") ? "&" : "?") + "digest=" + content.name(),
                octets(),
                Arrays.copyOfRange(content.bytes(), from, to))
            .expect("the end of an upload", 201);
    ledger.acknowledged(answer.at());
    unfinished = Optional.empty();
  }

  /** Pushes bytes under a digest that is not theirs, which nobody may ever see. */
  void pushWrong(Connection server, Content content) throws IOException {
    String claimed = "sha256:" + Long.toHexString(random.nextLong() | 1L << 63).repeat(4);
    ledger.neverBlob(claimed);
    if (random.nextBoolean()) {
      server
          .send("POST", uploads() + "?digest=" + claimed, octets(), content.bytes())
          .expect("a wrong digest", 400);
    } else {
      String location = start(server);
      server
          .send(
              "PUT",
              location + (location.contains("?") ? "&" : "?") + "digest=" + claimed,
              octets(),
              content.bytes())
          .expect("a wrong digest", 400);
    }
  }

  /** Begins an upload and cancels it. */
  void cancel(Connection server, Content content) throws IOException {
    String location = start(server);
    String next =
        server
            .send("PATCH", location, octets(), content.bytes())
            .expect("bytes to be cancelled", 202)
            .location();
    server.send("DELETE", next).expect("a cancellation", 204);
    server.get(next).expect("a cancelled upload", 404);
  }

  /**
   * Goes on with what the crash interrupted.
   *
   * @param sameBoot whether what was not forced is still there
   */
  void goOn(Connection server, boolean sameBoot) throws IOException {
    if (unfinished.isEmpty()) {
      return;
    }
    Unfinished upload = unfinished.get();
    unfinished = Optional.empty();
    Answer answer = server.get(upload.location()).expect("an upload after a crash", 204, 404);
    if (answer.status() == 404) {
      if (sameBoot && !upload.closing()) {
        throw new Violation(ledger.repository() + " has lost the upload " + upload.location());
      }
      return;
    }
    if (!sameBoot) {
      throw new Violation("an upload is older than the machine's boot: " + upload.location());
    }
    int received = received(answer);
    if (received == 0 && upload.sent() > 0) {
      // An empty upload and one of a single byte are told in the same words.
      server.send("DELETE", upload.location()).expect("a cancellation", 204);
      if (upload.received() > 1) {
        throw new Violation(upload.location() + " has lost " + upload.received() + " bytes");
      }
      return;
    }
    if (received < upload.received() || received > upload.sent()) {
      throw new Violation(
          upload.location()
              + " has "
              + received
              + " bytes, and got between "
              + upload.received()
              + " and "
              + upload.sent());
    }
    if (!ledger.now().blobs().contains(upload.content().name())) {
      pieces(server, upload.content(), upload.location(), received);
    }
  }

  /** Leaves what the crash interrupted to the server. */
  void forget() {
    unfinished = Optional.empty();
  }

  private static int received(Answer answer) {
    String range = answer.header("range").orElse("0-0");
    int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
    return last == 0 ? 0 : last + 1;
  }

  private String start(Connection server) throws IOException {
    return server.send("POST", uploads()).expect("the start of an upload", 202).location();
  }

  private void begin(String what, Content content) throws IOException {
    ledger.begin(what, ledger.now().with(state -> state.blobs().add(content.name())));
  }

  private String uploads() {
    return "/v2/" + ledger.repository() + "/blobs/uploads/";
  }

  private static Map<String, String> octets() {
    return Map.of("Content-Type", OCTETS);
  }
}
