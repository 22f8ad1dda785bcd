package proof;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Works in a repository of its own, with content that others push as well, and at the tags of the
 * shared one; until the connection is lost.
 */
final class Client {
  private static final int SHARED_CONTENTS = 24;
  private static final int IMAGES = 10;
  private static final int BLOBS = 40;
  private static final int MANIFESTS = 20;
  private static final int SHARED_IMAGES = 5;
  private static final int SHARED_TAGS = 3;

  private final int number;
  private final Ledger ledger;
  private final SharedTags shared;
  private final boolean collected;
  private final List<String> repositories;
  private final SplittableRandom random;
  private final Uploads uploads;
  private final Journal journal;
  private final Ledger sharedLedger;
  private final Uploads sharedUploads;
  private long fresh;

  Client(int number, Options options, SharedTags shared) throws IOException {
    this.number = number;
    this.shared = shared;
    this.collected = options.collector().isPresent();
    this.random = new SplittableRandom(options.seed() * 1000 + number);
    this.fresh = options.seed() % 100_000 * 10_000_000 + number * 1_000_000L + 1000;
    this.repositories = new ArrayList<>(List.of(SharedTags.REPOSITORY, "proof/absent"));
    for (int i = 0; i < options.clients(); i++) {
      repositories.add(repository(i));
    }
    this.journal = new Journal(path(options, "client-" + number));
    this.ledger = new Ledger(repository(number), journal);
    this.uploads = new Uploads(ledger, random.split());
    this.sharedLedger =
        new Ledger(SharedTags.REPOSITORY, new Journal(path(options, "shared-" + number)));
    this.sharedUploads = new Uploads(sharedLedger, random.split());
  }

  private static Path path(Options options, String name) {
    return options.work().resolve(name + ".journal");
  }

  private static String repository(int number) {
    return "proof/client" + number;
  }

  Ledger ledger() {
    return ledger;
  }

  /** What this client has put into the shared repository. */
  Ledger sharedLedger() {
    return sharedLedger;
  }

  /** Goes on with what a crash interrupted, and then with anything at all. */
  void work(int port, boolean sameBoot) throws IOException {
    try (Connection server = new Connection(port)) {
      uploads.goOn(server, sameBoot);
      sharedUploads.forget();
      while (true) {
        step(server);
      }
    }
  }

  private void step(Connection server) throws IOException {
    State now = ledger.now();
    int choice = random.nextInt(100);
    if (now.blobs().size() > BLOBS && random.nextBoolean()) {
      deleteBlob(server);
    } else if (now.manifests().size() > MANIFESTS && random.nextBoolean()) {
      deleteManifest(server, any(unneeded(now)));
    } else if (choice < 12) {
      moveSharedTag(server);
    } else if (choice < 18) {
      uploads.pushWrong(server, content());
    } else if (choice < 21) {
      uploads.cancel(server, content());
    } else if (choice < 26) {
      refusedManifest(server);
    } else if (now.manifests().isEmpty() || (choice < 60 && now.manifests().size() < IMAGES)) {
      pushImage(server);
    } else if (choice < 68) {
      push(server, Document.index(some(now.manifests().values(), 3), note()));
    } else if (choice < 76) {
      push(server, any(now.manifests().values()));
    } else if (choice < 82) {
      deleteTag(server);
    } else if (choice < 92) {
      deleteManifest(server, any(now.manifests().values()));
    } else {
      deleteBlob(server);
    }
  }

  private void pushImage(Connection server) throws IOException {
    Content config = Content.of(fresh++);
    List<Content> layers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      layers.add(content());
    }
    uploads.push(server, config, repositories);
    for (Content layer : layers) {
      uploads.push(server, layer, repositories);
    }
    Optional<Document> subject =
        !ledger.now().manifests().isEmpty() && random.nextInt(4) == 0
            ? Optional.of(any(ledger.now().manifests().values()))
            : Optional.empty();
    push(server, Document.image(config, layers, subject, note()));
  }

  /** Pushes a manifest by its digest, under a tag, or under several at once. */
  private void push(Connection server, Document document) throws IOException {
    List<String> tags = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      tags.add(tag());
    }
    boolean byTag = tags.size() == 1 && random.nextBoolean();
    String query = tags.isEmpty() ? "" : "?tag=" + String.join("&tag=", tags);
    ledger.begin(
        "pushes " + document.digest() + " as " + tags,
        ledger
            .now()
            .with(
                state -> {
                  state.manifests().put(document.digest(), document);
                  tags.forEach(tag -> state.tags().put(tag, document.digest()));
                }));
    Answer answer =
        put(server, ledger.repository(), byTag ? tags.get(0) : document.digest() + query, document)
            .expect("a manifest", collected ? new int[] {201, 400, 404} : new int[] {201});
    if (answer.status() == 201) {
      ledger.acknowledged(answer.at());
    } else {
      // What nothing needed was collected meanwhile, and has to be pushed again.
      ledger.refused();
      ledger.collected(answer.missing());
    }
  }

  private static Answer put(
      Connection server, String repository, String reference, Document document)
      throws IOException {
    return server.send(
        "PUT",
        "/v2/" + repository + "/manifests/" + reference,
        Map.of("Content-Type", document.mediaType()),
        document.bytes());
  }

  /** A manifest without its layer, or with a digest that is not its own. */
  private void refusedManifest(Connection server) throws IOException {
    Content absent = new Content(0, 5, "sha256:" + Long.toHexString(fresh | 1L << 63).repeat(4));
    Document document = Document.image(absent, List.of(), Optional.empty(), note());
    ledger.neverManifest(document.digest());
    if (random.nextBoolean()) {
      put(server, ledger.repository(), tag(), document)
          .expect("a manifest without its blob", 400, 404);
    } else {
      put(server, ledger.repository(), absent.name(), document)
          .expect("a manifest with a wrong digest", 400, 404);
    }
  }

  private void deleteTag(Connection server) throws IOException {
    String tag = tag();
    boolean there = ledger.now().tags().containsKey(tag);
    ledger.begin("deletes the tag " + tag, ledger.now().with(state -> state.tags().remove(tag)));
    end(server.send("DELETE", "/v2/" + ledger.repository() + "/manifests/" + tag), there, 404);
  }

  private void deleteManifest(Connection server, Document document) throws IOException {
    String digest = document.digest();
    boolean free = !ledger.now().neededManifests().contains(digest);
    ledger.begin(
        "deletes the manifest " + digest,
        ledger
            .now()
            .with(
                state -> {
                  state.manifests().remove(digest);
                  state.tags().values().removeIf(digest::equals);
                }));
    end(server.send("DELETE", "/v2/" + ledger.repository() + "/manifests/" + digest), free, 405);
  }

  /** The manifests that no index needs; of those that are there, one at least. */
  private static List<Document> unneeded(State state) {
    return state.manifests().values().stream()
        .filter(each -> !state.neededManifests().contains(each.digest()))
        .toList();
  }

  private void deleteBlob(Connection server) throws IOException {
    if (ledger.now().blobs().isEmpty()) {
      return;
    }
    List<String> free = new ArrayList<>(ledger.now().blobs());
    if (random.nextInt(4) > 0) {
      free.removeAll(ledger.now().neededBlobs());
    }
    if (free.isEmpty()) {
      return;
    }
    String digest = any(free);
    boolean needed = ledger.now().neededBlobs().contains(digest);
    ledger.begin(
        "deletes the blob " + digest, ledger.now().with(state -> state.blobs().remove(digest)));
    end(server.send("DELETE", "/v2/" + ledger.repository() + "/blobs/" + digest), !needed, 405);
  }

  private void end(Answer answer, boolean done, int refusal) throws IOException {
    if (done) {
      answer.expect("a deletion", 202, collected ? 404 : 202);
      ledger.acknowledged(answer.at());
    } else {
      answer.expect("a deletion that cannot be", refusal);
      ledger.refused();
    }
  }

  private void moveSharedTag(Connection server) throws IOException {
    String tag = "hot" + random.nextInt(SHARED_TAGS);
    if (random.nextInt(6) == 0) {
      SharedTags.Write write = shared.begin(tag, SharedTags.NOTHING);
      Answer answer =
          server
              .send("DELETE", "/v2/" + SharedTags.REPOSITORY + "/manifests/" + tag)
              .expect("the deletion of a shared tag", 202, 404);
      if (answer.status() == 202) {
        journal.acknowledge("deletes the shared tag " + tag);
        shared.acknowledged(write, answer.at());
      } else {
        shared.refused(write);
      }
      return;
    }
    int image = random.nextInt(SHARED_IMAGES);
    List<Content> layers = List.of(Content.of(2L * image), Content.of(2L * image + 1));
    for (Content layer : layers) {
      sharedUploads.push(server, layer, repositories);
    }
    Document document = Document.image(layers.get(0), layers, Optional.empty(), "shared " + image);
    SharedTags.Write write = shared.begin(tag, document.digest());
    Answer answer =
        put(server, SharedTags.REPOSITORY, tag, document)
            .expect("a shared manifest", collected ? new int[] {201, 400, 404} : new int[] {201});
    if (answer.status() != 201) {
      shared.refused(write);
      sharedLedger.collected(answer.missing());
      return;
    }
    journal.acknowledge("moves the shared tag " + tag + " to " + document.digest());
    shared.acknowledged(write, answer.at());
  }

  private Content content() {
    return random.nextInt(5) < 3
        ? Content.of(random.nextInt(SHARED_CONTENTS))
        : Content.of(fresh++);
  }

  private String tag() {
    return "v" + random.nextInt(8);
  }

  private String note() {
    return number + "/" + fresh++;
  }

  private <T> T any(Collection<T> of) {
    return List.copyOf(of).get(random.nextInt(of.size()));
  }

  private <T> List<T> some(Collection<T> of, int most) {
    List<T> taken = new ArrayList<>();
    for (int i = 1 + random.nextInt(most); i > 0; i--) {
      T each = any(of);
      if (!taken.contains(each)) {
        taken.add(each);
      }
    }
    return taken;
  }
}
