package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.ImportReport;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code stowage import}: content of an OCI image layout, or of another registry's store. */
final class Import {
  private Import() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    Optional<String> distribution = arguments.find("distribution");
    ImportReport report =
        distribution.isPresent()
            ? store.migration().importDistribution(Path.of(distribution.get()), progress)
            : layout(store, arguments, progress);
    return Outcome.of(report.failures().isEmpty() ? 0 : 1, report, text(report));
  }

  private static ImportReport layout(OpenStore store, Arguments arguments, Progress progress)
      throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    return store
        .migration()
        .importLayout(Path.of(arguments.get("source")), name.repository(), name.tag(), progress);
  }

  private static String text(ImportReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d repositories, %,d tags, %,d manifests and %,d blobs; %,d bytes copied",
            report.source(),
            report.repositories(),
            report.tags(),
            report.manifests(),
            report.blobs(),
            report.copied()));
    report.failures().forEach(each -> lines.add("left out " + each.what() + ": " + each.why()));
    return String.join("\n", lines);
  }
}
