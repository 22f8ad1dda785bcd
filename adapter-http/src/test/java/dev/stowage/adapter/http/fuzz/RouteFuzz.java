package dev.stowage.adapter.http.fuzz;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.route.Target;
import java.util.List;
import java.util.Optional;

/** A path is refused, leads nowhere, or to what it names, by the one reading that it has. */
public final class RouteFuzz {
  private RouteFuzz() {}

  /** Tries one input: a path. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = FuzzInput.text(input);
    route(text);
    route("/v2/" + text);
  }

  private static void route(String path) {
    Optional<Target> found;
    try {
      found = Target.of(path);
    } catch (HttpRefusal e) {
      FuzzInput.require(e.answer().status() == 400, "a malformed path is the client's fault");
      return;
    }
    if (found.isPresent()) {
      Target target = found.get();
      String all = target.name() + target.item();
      FuzzInput.require(all.indexOf('%') < 0 && all.indexOf(';') < 0, target + " is decoded");
      FuzzInput.require(target.item().indexOf('/') < 0, target + " has one component behind");
      FuzzInput.require(
          target.name().isEmpty()
              || List.of(target.name().split("/", -1)).stream().noneMatch(String::isEmpty),
          target + " has no empty component");
      FuzzInput.require(Target.of(path(target)).equals(found), path(target) + " is not " + target);
    }
  }

  private static String path(Target target) {
    return switch (target.endpoint()) {
      case BASE -> "/v2/";
      case CATALOG -> "/v2/_catalog";
      case BLOB -> "/v2/" + target.name() + "/blobs/" + target.item();
      case UPLOADS -> "/v2/" + target.name() + "/blobs/uploads/";
      case UPLOAD -> "/v2/" + target.name() + "/blobs/uploads/" + target.item();
      case MANIFEST -> "/v2/" + target.name() + "/manifests/" + target.item();
      case TAGS -> "/v2/" + target.name() + "/tags/list";
      case REFERRERS -> "/v2/" + target.name() + "/referrers/" + target.item();
    };
  }
}
