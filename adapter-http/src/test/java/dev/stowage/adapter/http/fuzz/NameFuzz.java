package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.route.Endpoint;
import dev.stowage.adapter.http.route.Target;
import dev.stowage.registry.NameInvalidException;
import dev.stowage.registry.RepositoryName;
import java.util.Optional;

/** A repository's name is refused, or every path that it stands in leads to it. */
public final class NameFuzz {
  private NameFuzz() {}

  /** Tries one input: a name. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    RepositoryName name;
    try {
      name = new RepositoryName(text);
    } catch (NameInvalidException e) {
      return;
    }
    FuzzInput.require(name.toString().equals(text), name + " is not " + text);
    leads("/tags/list", Endpoint.TAGS, text, "");
    leads("/blobs/uploads/", Endpoint.UPLOADS, text, "");
    leads("/blobs/uploads", Endpoint.UPLOADS, text, "");
    leads("/blobs/uploads/x", Endpoint.UPLOAD, text, "x");
    leads("/blobs/a:b", Endpoint.BLOB, text, "a:b");
    leads("/manifests/list", Endpoint.MANIFEST, text, "list");
    leads("/referrers/a:b", Endpoint.REFERRERS, text, "a:b");
  }

  private static void leads(String end, Endpoint endpoint, String name, String item) {
    Optional<Target> target = Target.of("/v2/" + name + end);
    FuzzInput.require(
        target.equals(Optional.of(new Target(endpoint, name, item))), name + end + ": " + target);
  }
}
