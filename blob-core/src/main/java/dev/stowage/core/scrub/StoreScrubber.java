package dev.stowage.core.scrub;

import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.upload.Uploads;
import dev.stowage.maintenance.Progress;
import dev.stowage.maintenance.ScrubOptions;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.maintenance.Scrubber;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;
import java.time.Clock;

/** Scrubs a store: blobs, then manifests and the facts about them, then what else lies about. */
public final class StoreScrubber implements Scrubber {
  private final BlobData data;
  private final MetadataStore store;
  private final Uploads uploads;
  private final DoomedBytes doomed;
  private final Clock clock;

  /** A scrubber of a store that is in use. */
  public StoreScrubber(
      BlobData data, MetadataStore store, Uploads uploads, DoomedBytes doomed, Clock clock) {
    this.data = data;
    this.store = store;
    this.uploads = uploads;
    this.doomed = doomed;
    this.clock = clock;
  }

  @Override
  public ScrubReport scrub(ScrubOptions options, Progress progress) throws IOException {
    Findings findings = new Findings();
    Pace pace = new Pace(options.bytesPerSecond(), findings, progress);
    new BlobScrub(data, store, clock, findings, pace).run();
    new FactScrub(store, findings, pace).run();
    new OrphanSearch(data, store, uploads, doomed, findings, pace).run(options.repair());
    return findings.report();
  }
}
