package dev.stowage.core.upload;

import dev.stowage.maintenance.UploadExpiry;
import dev.stowage.maintenance.UploadExpiryReport;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.UploadFact;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Cancels uploads that nobody has touched for a time. */
public final class ExpiredUploads implements UploadExpiry {
  private static final Logger LOG = System.getLogger(ExpiredUploads.class.getName());
  private static final int BATCH = 256;

  private final MetadataStore store;
  private final Uploads uploads;
  private final Duration expiry;

  /** Cancels what nobody has touched for {@code expiry}. */
  public ExpiredUploads(MetadataStore store, Uploads uploads, Duration expiry) {
    this.store = store;
    this.uploads = uploads;
    this.expiry = expiry;
  }

  @Override
  public UploadExpiryReport expire() throws IOException {
    long cancelled = 0;
    long bytes = 0;
    long open = 0;
    Optional<UploadFact> last = Optional.empty();
    List<UploadFact> batch;
    do {
      Optional<UploadFact> after = last;
      batch = store.read(facts -> facts.uploads(after.map(UploadFact::id), BATCH));
      for (UploadFact upload : batch) {
        OptionalLong freed = expire(upload);
        if (freed.isPresent()) {
          cancelled++;
          bytes += freed.getAsLong();
        } else {
          open++;
        }
        last = Optional.of(upload);
      }
    } while (batch.size() == BATCH);
    return new UploadExpiryReport(cancelled, bytes, open);
  }

  /** One upload that cannot be cancelled does not keep the others. */
  private OptionalLong expire(UploadFact upload) {
    try {
      return uploads.expire(upload, expiry);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "upload " + upload.id() + " is not cancelled yet", e);
      return OptionalLong.empty();
    }
  }
}
