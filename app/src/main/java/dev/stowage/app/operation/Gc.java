package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.CollectionReport;
import dev.stowage.maintenance.GarbageCollector;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.Removal;
import dev.stowage.maintenance.Waiting;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code stowage gc}: removing what nothing refers to. */
final class Gc {
  /** How many removals are told one by one; a memory that is bounded comes before a list. */
  private static final int TOLD = 100_000;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final long SECOND = 1_000_000_000L;

  private final Progress progress;
  private final List<String> lines = new ArrayList<>();
  private long removals;
  private long toldAt = System.nanoTime();

  private Gc(Progress progress) {
    this.progress = progress;
  }

  static Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException {
    GarbageCollector collector = store.registry().collector();
    Gc gc = new Gc(progress);
    try {
      CollectionReport report =
          arguments.has("dry-run")
              ? collector.preview(removal -> gc.heard("would remove ", removal))
              : gc.collect(collector);
      report = report.with(collector.waiting());
      return Outcome.of(0, report, gc.text(report, arguments.has("dry-run")));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** Collects; where the store was opened just now, for this, it waits until it may. */
  private CollectionReport collect(GarbageCollector collector) throws IOException {
    CollectionReport report = collector.collect(removal -> heard("removed ", removal));
    while (report.notBefore().isPresent()) {
      Duration left = report.notBefore().get();
      progress.tell(
          String.format(
              Locale.ROOT,
              "nothing is removed for another %,d s, since somebody may have been told that it is"
                  + " here before the store was opened (--set gc.lease=0s does not wait)",
              left.toSeconds() + 1));
      long end = System.nanoTime() + left.toNanos();
      while (end - System.nanoTime() > 0) {
        sleep(Math.min(PAUSE.toMillis(), (end - System.nanoTime()) / 1_000_000 + 1));
        progress.tell("waiting");
      }
      report = collector.collect(removal -> heard("removed ", removal));
    }
    return report;
  }

  private static void sleep(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(Math.max(1, millis));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the end of a lease was interrupted");
    }
  }

  /** Whoever asked may not be there any more: then this ends the collection, between two steps. */
  private void heard(String what, Removal removal) {
    removals++;
    if (lines.size() < TOLD) {
      lines.add(what + removal);
    }
    if (System.nanoTime() - toldAt > SECOND) {
      toldAt = System.nanoTime();
      try {
        progress.tell(String.format(Locale.ROOT, "%,d removals", removals));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private String text(CollectionReport report, boolean dryRun) {
    List<String> text = new ArrayList<>(lines);
    if (removals > lines.size()) {
      text.add(String.format(Locale.ROOT, "and %,d more", removals - lines.size()));
    }
    report.notes().forEach(text::add);
    text.add(
        String.format(
            Locale.ROOT,
            "%s%,d tags, %,d manifests, %,d links and %,d blobs of %,d bytes in %,d ms",
            dryRun ? "would remove " : "removed ",
            report.tags(),
            report.manifests(),
            report.links(),
            report.blobs(),
            report.bytes(),
            report.took().toMillis()));
    if (report.holds() > 0) {
      text.add(
          String.format(
              Locale.ROOT,
              "%,d deleted manifests %s no longer",
              report.holds(),
              dryRun ? "could be restored" : "can be restored"));
    }
    if (report.leftovers() > 0) {
      text.add(String.format(Locale.ROOT, "freed %,d files left over before", report.leftovers()));
    }
    if (dryRun && report.notBefore().isPresent()) {
      text.add(
          String.format(
              Locale.ROOT,
              "but nothing for another %,d s, since the store was opened just now",
              report.notBefore().get().toSeconds() + 1));
    }
    report.waiting().map(Gc::waiting).ifPresent(text::add);
    return String.join("\n", text);
  }

  private static String waiting(Waiting waiting) {
    return waiting.next().isEmpty()
        ? "nothing waits for review"
        : String.format(
            Locale.ROOT,
            "%s%,d wait for review, the next for another %,d s",
            waiting.orMore() ? "more than " : "",
            waiting.count(),
            waiting.next().get().toSeconds());
  }
}
