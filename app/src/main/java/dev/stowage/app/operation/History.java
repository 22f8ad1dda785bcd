package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.HistoryReport;
import dev.stowage.maintenance.Progress;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code stowage history}: what happened to tags and manifests. */
final class History {
  private History() {}

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    ContentName name = ContentName.parse(arguments.get("name"));
    Page<HistoryEntry> page =
        store
            .registry()
            .history()
            .list(
                name.repository(),
                name.tag(),
                arguments.find("before").map(Long::valueOf),
                Integer.parseInt(arguments.get("limit")));
    List<HistoryEntry> changes = page.items();
    Optional<Long> next =
        page.more() && !changes.isEmpty()
            ? Optional.of(changes.get(changes.size() - 1).number())
            : Optional.empty();
    return Outcome.of(0, new HistoryReport(changes, next), text(changes, next));
  }

  private static String text(List<HistoryEntry> changes, Optional<Long> next) {
    List<String> lines = new ArrayList<>();
    changes.forEach(change -> lines.add(line(change)));
    next.ifPresent(number -> lines.add("further changes: --before " + number));
    if (changes.isEmpty()) {
      lines.add("no change is remembered");
    }
    return String.join("\n", lines);
  }

  private static String line(HistoryEntry change) {
    StringBuilder line = new StringBuilder();
    line.append(change.number()).append("  ").append(change.at());
    line.append("  ").append(change.actor()).append("  ");
    line.append(change.tag().map(tag -> "tag " + tag).orElse("manifest"));
    line.append(' ').append(change.change().name().toLowerCase(Locale.ROOT));
    change.from().ifPresent(from -> line.append(" from ").append(from));
    change.to().ifPresent(to -> line.append(" to ").append(to));
    return line.toString();
  }
}
