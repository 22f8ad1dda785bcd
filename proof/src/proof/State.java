package proof;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What a repository holds. Changed only while it is being made.
 *
 * @param tags the tags, and the digest that each one points at
 * @param manifests the manifests, by digest
 * @param blobs the blobs, by the digest that they were pushed with
 */
record State(Map<String, String> tags, Map<String, Document> manifests, Set<String> blobs) {
  static State empty() {
    return new State(new TreeMap<>(), new TreeMap<>(), new TreeSet<>());
  }

  /** A copy with a change. */
  State with(Consumer<State> change) {
    State copy = new State(new TreeMap<>(tags), new TreeMap<>(manifests), new TreeSet<>(blobs));
    change.accept(copy);
    return copy;
  }

  /** The blobs that a manifest needs. */
  Set<String> neededBlobs() {
    Set<String> needed = new HashSet<>();
    manifests.values().forEach(each -> needed.addAll(each.blobs()));
    return needed;
  }

  /** The manifests that an index needs. */
  Set<String> neededManifests() {
    Set<String> needed = new HashSet<>();
    manifests.values().forEach(each -> needed.addAll(each.children()));
    return needed;
  }

  /** For each subject, the manifests that refer to it. */
  Map<String, Set<String>> referrers() {
    Map<String, Set<String>> referrers = new TreeMap<>();
    for (Document each : manifests.values()) {
      each.subject()
          .ifPresent(
              subject ->
                  referrers.computeIfAbsent(subject, s -> new TreeSet<>()).add(each.digest()));
    }
    return referrers;
  }

  /** What one has and the other has not, in words. */
  String difference(State other) {
    StringBuilder told = new StringBuilder();
    tell(told, "tag", tags.entrySet(), other.tags.entrySet());
    tell(told, "manifest", manifests.keySet(), other.manifests.keySet());
    tell(told, "blob", blobs, other.blobs);
    return told.toString();
  }

  private static void tell(StringBuilder told, String what, Set<?> here, Set<?> there) {
    here.stream()
        .filter(each -> !there.contains(each))
        .forEach(each -> told.append("\n      without ").append(what).append(' ').append(each));
    there.stream()
        .filter(each -> !here.contains(each))
        .forEach(each -> told.append("\n      with ").append(what).append(' ').append(each));
  }
}
