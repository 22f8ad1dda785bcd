package proof;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads everything back after a crash: first along the server's own lists, from the catalog down to
 * the bytes, so that nothing visible is broken; then by what was acknowledged.
 */
final class Audit {
  private final Connection server;
  private final long cut;
  private final boolean collected;

  /** What was read and digested already in this audit, with its length. */
  private final Map<String, Integer> blobs = new TreeMap<>();

  private long manifestsRead;

  Audit(Connection server, long cut, boolean collected) {
    this.server = server;
    this.cut = cut;
    this.collected = collected;
  }

  void run(Collection<Client> clients, SharedTags shared) throws IOException {
    walk();
    for (Client client : clients) {
      check(client.ledger());
      client.sharedLedger().back(cut);
      for (String blob : client.sharedLedger().now().blobs()) {
        if (!collected && !hasBlob(SharedTags.REPOSITORY, blob)) {
          throw new Violation(SharedTags.REPOSITORY + " has lost the blob " + blob);
        }
      }
    }
    Set<String> found = new TreeSet<>();
    for (String digest : shared.manifests()) {
      if (hasManifest(SharedTags.REPOSITORY, digest)) {
        found.add(digest);
      }
    }
    shared.settle(tags(SharedTags.REPOSITORY), found, cut);
  }

  int blobsRead() {
    return blobs.size();
  }

  long manifestsRead() {
    return manifestsRead;
  }

  private void walk() throws IOException {
    List<String> repositories =
        server.get("/v2/_catalog").expect("the catalog", 200).texts("repositories");
    for (String repository : repositories) {
      Set<String> seen = new HashSet<>();
      for (String digest : tags(repository).values()) {
        follow(repository, digest, seen);
      }
    }
  }

  private void follow(String repository, String digest, Set<String> seen) throws IOException {
    if (!seen.add(digest)) {
      return;
    }
    Answer manifest = manifest(repository, digest).expect(repository + "'s " + digest, 200);
    boolean index = manifest.text().contains("\"manifests\":");
    String text = manifest.text();
    for (String each : manifest.digests()) {
      if (text.contains("\"subject\":") && isSubject(text, each)) {
        continue;
      }
      if (index) {
        follow(repository, each, seen);
      } else if (!hasBlob(repository, each)) {
        throw new Violation(repository + "'s " + digest + " has lost its blob " + each);
      }
    }
  }

  /** A subject may be absent; this driver writes it after all layers. */
  private static boolean isSubject(String manifest, String digest) {
    return manifest.indexOf(digest) > manifest.indexOf("\"subject\":");
  }

  private void check(Ledger ledger) throws IOException {
    String repository = ledger.repository();
    State found = State.empty();
    found.tags().putAll(tags(repository));
    for (String digest : ledger.manifests()) {
      if (hasManifest(repository, digest)) {
        found.manifests().put(digest, Document.index(List.of(), "any"));
      }
    }
    for (String blob : ledger.blobs()) {
      if (hasBlob(repository, blob)) {
        found.blobs().add(blob);
      }
    }
    Map<String, Set<String>> referrers = new TreeMap<>();
    for (String subject : ledger.subjects()) {
      List<String> listed =
          server
              .get("/v2/" + repository + "/referrers/" + subject)
              .expect("referrers", 200, 404)
              .digests();
      if (!listed.isEmpty()) {
        referrers.put(subject, new TreeSet<>(listed));
      }
    }
    ledger.settle(found, referrers, cut, collected);
  }

  private Map<String, String> tags(String repository) throws IOException {
    Answer list = server.get("/v2/" + repository + "/tags/list").expect("a list of tags", 200, 404);
    Map<String, String> tags = new TreeMap<>();
    if (list.status() == 200) {
      for (String tag : list.texts("tags")) {
        Answer manifest =
            manifest(repository, tag).expect(repository + ":" + tag + ", which is listed,", 200);
        tags.put(tag, Content.digest("sha256", manifest.body()));
      }
    }
    return tags;
  }

  private boolean hasManifest(String repository, String digest) throws IOException {
    Answer answer = manifest(repository, digest).expect("a manifest", 200, 404);
    if (answer.status() == 200 && !Content.digest("sha256", answer.body()).equals(digest)) {
      throw new Violation(repository + "'s " + digest + " holds other bytes");
    }
    return answer.status() == 200;
  }

  private Answer manifest(String repository, String reference) throws IOException {
    manifestsRead++;
    return server.get("/v2/" + repository + "/manifests/" + reference);
  }

  private boolean hasBlob(String repository, String digest) throws IOException {
    String path = "/v2/" + repository + "/blobs/" + digest;
    if (blobs.containsKey(digest)) {
      // Stored once, and read once; whether it is here is another question.
      return server.send("HEAD", path).expect("a blob", 200, 404).status() == 200;
    }
    Answer answer = server.get(path).expect(repository + "'s blob " + digest, 200, 404);
    if (answer.status() == 404) {
      return false;
    }
    String algorithm = digest.substring(0, digest.indexOf(':'));
    if (!Content.digest(algorithm, answer.body()).equals(digest)) {
      throw new Violation(
          repository + "'s blob " + digest + " holds " + answer.body().length + " other bytes");
    }
    blobs.put(digest, answer.body().length);
    return true;
  }
}
