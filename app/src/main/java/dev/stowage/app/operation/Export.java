package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.ExportReport;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stowage export}: content as an OCI image layout. */
final class Export {
  private Export() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    ExportReport report =
        store
            .migration()
            .export(
                name.repository(), name.reference(), Path.of(arguments.get("target")), progress);
    return Outcome.of(report.missing().isEmpty() ? 0 : 1, report, text(report));
  }

  private static String text(ExportReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%s: %,d tags, %,d manifests and %,d blobs of %s, %,d bytes",
            report.target(),
            report.tags().size(),
            report.manifests(),
            report.blobs(),
            report.repository(),
            report.bytes()));
    report.missing().forEach(each -> lines.add("left out, since it is not here: " + each));
    return String.join("\n", lines);
  }
}
