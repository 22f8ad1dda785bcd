package dev.stowage.core.upload;

import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Staging;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done about uploads when a store is opened, before anybody uses it: an upload whose
 * staging did not outlive the machine's last boot is forgotten, and staged bytes whose upload is
 * forgotten are discarded. What fails of one upload is left for later, and stops nobody else; only
 * facts or lists that cannot be read end the opening.
 */
public final class UploadRecovery {
  private static final Logger LOG = System.getLogger(UploadRecovery.class.getName());
  private static final int BATCH = 256;

  private final BlobData data;
  private final MetadataStore store;

  /** Recovery of the uploads of a store that nobody uses yet. */
  public UploadRecovery(BlobData data, MetadataStore store) {
    this.data = data;
    this.store = store;
  }

  /** Brings facts and stagings into agreement. */
  public void run() throws IOException {
    forgetUploadsWithoutStaging();
    discardStagingsWithoutUpload();
  }

  private void forgetUploadsWithoutStaging() throws IOException {
    Optional<UploadId> last = Optional.empty();
    List<UploadFact> batch;
    do {
      Optional<UploadId> after = last;
      batch = store.read(facts -> facts.uploads(after, BATCH));
      List<UploadId> lost = new ArrayList<>();
      for (UploadFact upload : batch) {
        if (!hasStaging(upload)) {
          lost.add(upload.id());
        }
        last = Optional.of(upload.id());
      }
      forget(lost);
    } while (batch.size() == BATCH);
  }

  private boolean hasStaging(UploadFact upload) {
    Optional<Staging> staging;
    try {
      staging = data.reopen(upload.id(), upload.state());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "upload " + upload.id() + " cannot be looked at now, and stays", e);
      return true;
    }
    if (staging.isEmpty()) {
      return false;
    }
    try {
      staging.get().close();
      return true;
    } catch (IOException e) {
      LOG.log(Level.WARNING, "upload " + upload.id() + " is lost: its bytes failed", e);
      return false;
    }
  }

  private void forget(List<UploadId> lost) throws IOException {
    if (lost.isEmpty()) {
      return;
    }
    store.write(
        facts -> {
          for (UploadId id : lost) {
            facts.removeUpload(id);
          }
          return true;
        });
  }

  private void discardStagingsWithoutUpload() throws IOException {
    Optional<UploadId> last = Optional.empty();
    List<UploadId> batch;
    do {
      batch = data.stagings(last, BATCH);
      for (UploadId id : batch) {
        if (store.read(facts -> facts.upload(id)).isEmpty()) {
          discard(id);
        }
        last = Optional.of(id);
      }
    } while (batch.size() == BATCH);
  }

  private void discard(UploadId id) {
    try {
      data.discard(id);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "staged bytes of no upload stay until the next opening: " + id, e);
    }
  }
}
