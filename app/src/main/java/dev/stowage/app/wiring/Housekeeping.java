package dev.stowage.app.wiring;

import dev.stowage.app.config.Upkeep;
import dev.stowage.app.life.OpenThings;
import dev.stowage.app.life.Schedule;
import dev.stowage.core.StowageRegistry;
import dev.stowage.maintenance.CollectionReport;
import dev.stowage.maintenance.UploadExpiryReport;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a running server does by itself: it collects, cancels uploads and saves its clock. */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final Duration CLOCK = Duration.ofMinutes(10);

  private final StowageRegistry registry;

  private Housekeeping(StowageRegistry registry) {
    this.registry = registry;
  }

  /** Begins; it ends when the open things are closed. */
  static Housekeeping begin(StowageRegistry registry, Upkeep upkeep, OpenThings open) {
    Housekeeping housekeeping = new Housekeeping(registry);
    open.add(Schedule.begin("clock", CLOCK, registry::saveClock));
    if (!upkeep.interval().isZero()) {
      open.add(Schedule.begin("collection", upkeep.interval(), housekeeping::run));
    }
    return housekeeping;
  }

  private void run() throws IOException {
    UploadExpiryReport uploads = registry.uploadExpiry().expire();
    if (uploads.uploads() > 0) {
      LOG.info("{} abandoned uploads of {} bytes cancelled", uploads.uploads(), uploads.bytes());
    }
    CollectionReport report =
        registry.collector().collect(removal -> LOG.debug("removed {}", removal));
    if (report.removedAnything()) {
      LOG.info(
          "{} tags, {} manifests, {} links and {} blobs of {} bytes removed in {} ms",
          report.tags(),
          report.manifests(),
          report.links(),
          report.blobs(),
          report.bytes(),
          report.took().toMillis());
    }
    report.notes().forEach(note -> LOG.info("collection: {}", note));
  }
}
