package dev.stowage.core.scrub;

import dev.stowage.blob.UploadId;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.upload.Uploads;
import dev.stowage.maintenance.ScrubReport;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Finds bytes that nothing refers to, and deletes them if it is told to.
 *
 * <p>No age enters into it. An upload's fact is there before its bytes are and until the
 * transaction that records the blob, and a blob's record is followed by an entry among the doomed
 * until the bytes are gone. So bytes are an orphan if they were listed, then no fact was found to
 * name them, and then they are still there.
 */
final class OrphanSearch {
  private static final Logger LOG = System.getLogger(OrphanSearch.class.getName());
  private static final int PAGE = 1024;

  private final BlobData data;
  private final MetadataStore store;
  private final Uploads uploads;
  private final DoomedBytes doomed;
  private final Findings findings;
  private final Pace pace;

  OrphanSearch(
      BlobData data,
      MetadataStore store,
      Uploads uploads,
      DoomedBytes doomed,
      Findings findings,
      Pace pace) {
    this.data = data;
    this.store = store;
    this.uploads = uploads;
    this.doomed = doomed;
    this.findings = findings;
    this.pace = pace;
  }

  void run(boolean delete) throws IOException {
    placements(delete);
    stagings(delete);
  }

  private void placements(boolean delete) throws IOException {
    Optional<Placement> last = Optional.empty();
    List<Placement> page;
    do {
      page = data.placements(last, PAGE);
      for (Placement placement : page) {
        if (!store.read(facts -> isNamed(facts, placement))) {
          OptionalLong size = size(placement);
          if (size.isPresent()) {
            found(placement, size.getAsLong(), delete);
          }
        }
        pace.step();
        last = Optional.of(placement);
      }
    } while (page.size() == PAGE);
  }

  private boolean isNamed(FactReader facts, Placement placement) throws IOException {
    PlacedAs as = data.placedAs(placement);
    return facts.upload(as.upload()).isPresent()
        || facts.blob(as.digest()).filter(b -> b.placement().equals(placement)).isPresent()
        || facts
            .quarantined(as.digest())
            .filter(q -> q.blob().placement().equals(placement))
            .isPresent()
        || facts.isDoomed(placement);
  }

  private OptionalLong size(Placement placement) throws IOException {
    try (SeekableByteChannel channel = data.open(placement)) {
      return OptionalLong.of(channel.size());
    } catch (NoSuchFileException gone) {
      return OptionalLong.empty();
    }
  }

  private void found(Placement placement, long size, boolean delete) throws IOException {
    // The facts were read as they are in memory. They are durable when this has returned, so that
    // no loss of power brings one back that names what is deleted.
    boolean doom =
        delete
            && store.write(
                facts -> {
                  if (isNamed(facts, placement)) {
                    return false;
                  }
                  facts.putDoomed(placement);
                  return true;
                });
    if (doom) {
      doomed.free(placement);
    }
    boolean gone = doom && size(placement).isEmpty();
    LOG.log(
        Level.WARNING,
        "nothing refers to the {0} bytes at {1}{2}",
        size,
        placement,
        gone ? "; deleted" : "");
    findings.add(new ScrubReport.Orphan(placement.value(), size, gone));
  }

  private void stagings(boolean delete) throws IOException {
    Optional<UploadId> last = Optional.empty();
    List<UploadId> page;
    do {
      page = data.stagings(last, PAGE);
      for (UploadId id : page) {
        if (isForgotten(id) && isStaged(id, last)) {
          if (delete) {
            data.discard(id);
          }
          LOG.log(
              Level.WARNING, "staged bytes of no upload: {0}{1}", id, delete ? "; deleted" : "");
          findings.add(new ScrubReport.Orphan("upload " + id, 0, delete));
        }
        pace.step();
        last = Optional.of(id);
      }
    } while (page.size() == PAGE);
  }

  /** In this order: a session outlives its fact until its staged bytes are gone. */
  private boolean isForgotten(UploadId id) throws IOException {
    return store.read(facts -> facts.upload(id)).isEmpty() && !uploads.isHeld(id);
  }

  /** One that another staging was put before is left for the next round. */
  private boolean isStaged(UploadId id, Optional<UploadId> before) throws IOException {
    return data.stagings(before, 1).contains(id);
  }
}
