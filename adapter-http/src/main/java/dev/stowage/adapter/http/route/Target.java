package dev.stowage.adapter.http.route;

import dev.stowage.adapter.http.error.HttpRefusal;
import java.util.List;
import java.util.Optional;

/**
 * What a path names. The texts are as the client sent them, decoded but not checked.
 *
 * <p>A path is read from its end, because a repository's name may itself hold components such as
 * {@code blobs} or {@code uploads}: the reading that leaves the longest name is the one that
 * counts, and for every path there is only one.
 *
 * @param endpoint the path's form
 * @param name the repository's name; empty where the form has none
 * @param item what the last component names: a digest, a tag or an upload; empty where the form has
 *     none
 */
public record Target(Endpoint endpoint, String name, String item) {
  private static final String ROOT = "/v2";

  /**
   * Reads a path as it stands in the request line.
   *
   * @return what it names; nothing if it is of no form that the protocol has
   * @throws HttpRefusal if it has an encoded character that no name may have, an empty component or
   *     a path parameter
   */
  public static Optional<Target> of(String rawPath) {
    if (rawPath.equals(ROOT) || rawPath.equals(ROOT + "/")) {
      return Optional.of(new Target(Endpoint.BASE, "", ""));
    }
    if (!rawPath.startsWith(ROOT + "/")) {
      return Optional.empty();
    }
    String path = PathText.decode(rawPath.substring(ROOT.length() + 1));
    if (path.equals("_catalog")) {
      return Optional.of(new Target(Endpoint.CATALOG, "", ""));
    }
    List<String> parts = List.of(path.split("/", -1));
    for (int i = 0; i < parts.size(); i++) {
      boolean mayBeEmpty = i == parts.size() - 1 && i >= 2 && parts.get(i - 1).equals("uploads");
      if (parts.get(i).isEmpty() && !mayBeEmpty) {
        throw HttpRefusal.malformed("the path has an empty component");
      }
    }
    return ofParts(parts);
  }

  private static Optional<Target> ofParts(List<String> parts) {
    int size = parts.size();
    if (size < 3) {
      return Optional.empty();
    }
    String last = parts.get(size - 1);
    return switch (parts.get(size - 2)) {
      case "blobs" ->
          last.equals("uploads")
              ? named(Endpoint.UPLOADS, parts, 2, "")
              : named(Endpoint.BLOB, parts, 2, last);
      case "uploads" ->
          parts.get(size - 3).equals("blobs")
              ? named(last.isEmpty() ? Endpoint.UPLOADS : Endpoint.UPLOAD, parts, 3, last)
              : Optional.empty();
      case "manifests" -> named(Endpoint.MANIFEST, parts, 2, last);
      case "referrers" -> named(Endpoint.REFERRERS, parts, 2, last);
      case "tags" -> last.equals("list") ? named(Endpoint.TAGS, parts, 2, "") : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<Target> named(
      Endpoint endpoint, List<String> parts, int behindName, String item) {
    List<String> name = parts.subList(0, parts.size() - behindName);
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Target(endpoint, String.join("/", name), item));
  }
}
