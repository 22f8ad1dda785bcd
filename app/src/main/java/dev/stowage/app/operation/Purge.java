package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.PurgeReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stowage purge}: ending for good what was deleted. */
final class Purge {
  /** How many removals are told one by one. */
  private static final int TOLD = 10_000;

  private Purge() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    List<String> lines = new ArrayList<>();
    PurgeReport report =
        store
            .registry()
            .purger()
            .purge(
                name.repository(),
                name.digest(),
                removal -> {
                  if (lines.size() < TOLD) {
                    lines.add("purged " + removal);
                  }
                });
    report.kept().forEach(each -> lines.add("still there: " + each));
    lines.add(
        String.format(
            Locale.ROOT,
            "purged %,d deleted manifests, %,d links and %,d blobs of %,d bytes",
            report.holds(),
            report.links(),
            report.blobs(),
            report.bytes()));
    boolean done = name.digest().isEmpty() || report.kept().isEmpty();
    return Outcome.of(done ? 0 : 1, report, String.join("\n", lines));
  }
}
