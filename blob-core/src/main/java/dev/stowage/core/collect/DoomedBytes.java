package dev.stowage.core.collect;

import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Placement;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Frees bytes whose facts are gone. The transaction that decides so writes the placement to the
 * list of the doomed; only then are the bytes deleted, and then the entry. So a crash in between
 * forgets nothing, and since placements are never used again, no order of this and a new push of
 * the same content can lose bytes.
 */
public final class DoomedBytes {
  private static final Logger LOG = System.getLogger(DoomedBytes.class.getName());
  private static final int BATCH = 256;

  private final BlobData data;
  private final MetadataStore store;

  /** Frees bytes of {@code data} whose entries are in {@code store}. */
  public DoomedBytes(BlobData data, MetadataStore store) {
    this.data = data;
    this.store = store;
  }

  /**
   * Deletes bytes that a committed transaction has doomed. A failure is no failure of whoever
   * doomed them: they stay on the list and go with the next collection, or when the store is next
   * opened.
   */
  public void free(Placement placement) {
    free(List.of(placement));
  }

  /**
   * Deletes bytes that committed transactions have doomed, as {@link #free(Placement)} does.
   *
   * @return how many placements were freed
   */
  public int free(List<Placement> placements) {
    List<Placement> gone = new ArrayList<>();
    for (Placement placement : placements) {
      try {
        data.delete(placement);
        gone.add(placement);
      } catch (IOException e) {
        LOG.log(Level.WARNING, "bytes that nothing refers to are not freed yet: " + placement, e);
      }
    }
    if (!gone.isEmpty()) {
      forget(gone);
    }
    return gone.size();
  }

  /**
   * Frees everything that is on the list.
   *
   * @return how many placements were freed
   */
  public long freeAll() throws IOException {
    long freed = 0;
    Optional<Placement> last = Optional.empty();
    List<Placement> batch;
    do {
      Optional<Placement> after = last;
      batch = store.read(facts -> facts.doomed(after, BATCH));
      freed += free(batch);
      last = batch.isEmpty() ? last : Optional.of(batch.get(batch.size() - 1));
    } while (batch.size() == BATCH);
    return freed;
  }

  private void forget(List<Placement> gone) {
    try {
      store.write(
          facts -> {
            for (Placement placement : gone) {
              facts.removeDoomed(placement);
            }
            return true;
          });
    } catch (IOException e) {
      LOG.log(Level.WARNING, "bytes are freed, and stay on the list of the doomed: " + gone, e);
    }
  }
}
