package proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server answered.
 *
 * @param status the status
 * @param headers the fields of the header, by name in lower case
 * @param body the body
 * @param at when the header had arrived, on this process's monotonic clock
 */
record Answer(int status, Map<String, String> headers, byte[] body, long at) {
  private static final Pattern DIGEST = Pattern.compile("\"digest\"\\s*:\\s*\"([a-z0-9:]+)\"");

  private static final Pattern ANY_DIGEST = Pattern.compile("sha(256|512):[0-9a-f]{64,128}");

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** The path and query of the Location. */
  String location() {
    String location =
        header("location").orElseThrow(() -> new Violation("an upload without a Location"));
    return location.replaceFirst("^https?://[^/]+", "");
  }

  String text() {
    return new String(body, UTF_8);
  }

  /** The digests of all descriptors in a JSON body. */
  List<String> digests() {
    List<String> found = new ArrayList<>();
    for (Matcher digest = DIGEST.matcher(text()); digest.find(); ) {
      found.add(digest.group(1));
    }
    return found;
  }

  /** The digests that a refused manifest lacks. */
  Set<String> missing() {
    Set<String> missing = new TreeSet<>();
    for (Matcher digest = ANY_DIGEST.matcher(text()); digest.find(); ) {
      missing.add(digest.group());
    }
    if (missing.isEmpty()) {
      throw new Violation("a manifest was answered " + status + " " + text());
    }
    return missing;
  }

  /** The texts of an array in a JSON body that holds nothing but texts without escapes. */
  List<String> texts(String field) {
    Matcher array = Pattern.compile("\"" + field + "\"\\s*:\\s*\\[([^]]*)]").matcher(text());
    if (!array.find()) {
      throw new Violation("no " + field + " in " + text());
    }
    List<String> found = new ArrayList<>();
    for (Matcher text = Pattern.compile("\"([^\"]*)\"").matcher(array.group(1)); text.find(); ) {
      found.add(text.group(1));
    }
    return found;
  }

  /** This answer, if it has one of these statuses. */
  Answer expect(String what, int... statuses) {
    for (int each : statuses) {
      if (each == status) {
        return this;
      }
    }
    throw new Violation(what + " was answered " + status + " " + text());
  }
}
