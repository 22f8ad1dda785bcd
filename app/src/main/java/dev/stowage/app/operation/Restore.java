package dev.stowage.app.operation;

import dev.stowage.Actor;
import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.History;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.Restored;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stowage restore}: bringing a tag or a manifest back. */
final class Restore {
  /** Whoever may open the data directory. */
  private static final Actor ADMIN = new Actor("admin", "");

  private Restore() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    History history = store.registry().history();
    Restored restored =
        name.tag().isPresent()
            ? history.restore(
                ADMIN,
                name.repository(),
                name.tag().get(),
                arguments.find("at").map(Instant::parse))
            : history.restore(ADMIN, name.repository(), name.digest().orElseThrow());
    return Outcome.of(0, restored, text(name, restored));
  }

  private static String text(ContentName name, Restored restored) {
    List<String> lines = new ArrayList<>();
    if (restored.moved()) {
      lines.add(
          name
              + " points at "
              + restored.manifest()
              + restored.before().map(before -> ", no longer at " + before).orElse(""));
    }
    if (!restored.manifests().isEmpty()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "brought back %,d manifests and %,d blobs",
              restored.manifests().size(),
              restored.blobs().size()));
    }
    if (lines.isEmpty()) {
      lines.add(name + " is as it was: " + restored.manifest());
    }
    return String.join("\n", lines);
  }
}
