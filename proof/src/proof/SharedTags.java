package proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What may be in the repository whose few tags all clients move at once. Its manifests and blobs
 * are only ever added.
 *
 * <p>A tag may hold the value of every write that no acknowledged one came wholly after.
 */
final class SharedTags {
  static final String REPOSITORY = "proof/shared";
  static final String NOTHING = "nothing";

  private static final long NEVER = Long.MAX_VALUE;

  /** One write of a tag. */
  static final class Write {
    private final String tag;
    private final String value;
    private final long began;
    private long acknowledged = NEVER;

    private Write(String tag, String value, long began) {
      this.tag = tag;
      this.value = value;
      this.began = began;
    }
  }

  private final Map<String, List<Write>> writes = new TreeMap<>();
  private final Set<String> manifests = new TreeSet<>();
  private final Map<String, Long> acknowledgedManifests = new TreeMap<>();

  synchronized Write begin(String tag, String value) {
    Write write = new Write(tag, value, System.nanoTime());
    writes.computeIfAbsent(tag, t -> new ArrayList<>(List.of(nothing(t)))).add(write);
    if (!value.equals(NOTHING)) {
      manifests.add(value);
    }
    return write;
  }

  synchronized void acknowledged(Write write, long at) {
    write.acknowledged = at;
    if (!write.value.equals(NOTHING)) {
      acknowledgedManifests.merge(write.value, at, Math::min);
    }
  }

  synchronized void refused(Write write) {
    writes.get(write.tag).remove(write);
  }

  /** Every manifest that may be there. */
  synchronized Set<String> manifests() {
    return Set.copyOf(manifests);
  }

  /** Compares what is there, and goes on from it. */
  synchronized void settle(Map<String, String> tags, Set<String> found, long cut) {
    for (Map.Entry<String, Long> each : acknowledgedManifests.entrySet()) {
      if (each.getValue() < cut && !found.contains(each.getKey())) {
        throw new Violation(REPOSITORY + " has lost the manifest " + each.getKey());
      }
    }
    for (Map.Entry<String, String> each : tags.entrySet()) {
      if (!writes.containsKey(each.getKey())) {
        throw new Violation(REPOSITORY + " has a tag " + each + " that nobody pushed");
      }
    }
    for (Map.Entry<String, List<Write>> each : writes.entrySet()) {
      String value = tags.getOrDefault(each.getKey(), NOTHING);
      if (!allowed(each.getValue(), cut).contains(value)) {
        throw new Violation(
            REPOSITORY
                + ": the tag "
                + each.getKey()
                + " is "
                + value
                + " and may be "
                + allowed(each.getValue(), cut));
      }
      Write settled = new Write(each.getKey(), value, Long.MIN_VALUE);
      settled.acknowledged = Long.MIN_VALUE;
      each.setValue(new ArrayList<>(List.of(settled)));
    }
    acknowledgedManifests.clear();
    found.forEach(digest -> acknowledgedManifests.put(digest, Long.MIN_VALUE));
  }

  private static Set<String> allowed(List<Write> writes, long cut) {
    Set<String> allowed = new TreeSet<>();
    for (Write write : writes) {
      boolean overwritten =
          writes.stream()
              .anyMatch(later -> later.acknowledged < cut && later.began > write.acknowledged);
      if (!overwritten) {
        allowed.add(write.value);
      }
    }
    return allowed;
  }

  private static Write nothing(String tag) {
    Write nothing = new Write(tag, NOTHING, Long.MIN_VALUE);
    nothing.acknowledged = Long.MIN_VALUE;
    return nothing;
  }
}
