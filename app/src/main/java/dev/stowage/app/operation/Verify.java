package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** {@code stowage verify}: whether what is stored is still what was stored. */
final class Verify {
  private Verify() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ScrubReport report =
        store
            .registry()
            .scrubber()
            .scrub(new ScrubOptions(arguments.has("repair"), OptionalLong.empty()), progress);
    return Outcome.of(report.clean() ? 0 : 1, report, text(report));
  }

  /** A report for people, one finding to a line. */
  static String text(ScrubReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        format(
            "%,d blobs and %,d manifests, %,d bytes read",
            report.blobs(), report.manifests(), report.bytes()));
    report.damagedBlobs().forEach(each -> lines.add(text(each)));
    report
        .damagedManifests()
        .forEach(each -> lines.add("damaged manifest " + each.repository() + "@" + each.digest()));
    report
        .dangling()
        .forEach(
            each ->
                lines.add(
                    format(
                        "the %s %s of %s leads to nothing",
                        each.fact(), each.name(), each.repository())));
    report.orphans().forEach(each -> lines.add(text(each)));
    report.released().forEach(each -> lines.add("sound again " + each));
    if (report.unlisted() > 0) {
      lines.add(format("and %,d findings more", report.unlisted()));
    }
    lines.add(report.clean() ? "all is well" : "something is wrong");
    return String.join("\n", lines);
  }

  private static String text(ScrubReport.DamagedBlob blob) {
    return format(
        "damaged blob %s: %s (%s%s)",
        blob.digest(),
        blob.damage().inWords(),
        blob.quarantined() ? "" : "not in quarantine; ",
        blob.repositories().stream()
            .map(Object::toString)
            .collect(Collectors.joining(", ", "linked by ", "")));
  }

  private static String text(ScrubReport.Orphan orphan) {
    return format(
        "nothing refers to %s, %,d bytes%s",
        orphan.place(), orphan.bytes(), orphan.deleted() ? "; deleted" : "");
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
