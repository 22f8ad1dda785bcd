package dev.stowage.core.upload;

import dev.stowage.blob.UploadId;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * When uploads were last touched, on monotonic time. Of an upload that this process has not seen
 * touched, that is when the store was opened.
 */
final class Touches {
  private final LongSupplier nanos;
  private final long opened;
  private final ConcurrentMap<UploadId, Long> last = new ConcurrentHashMap<>();
  private final Set<UploadId> beginning = ConcurrentHashMap.newKeySet();

  Touches(LongSupplier nanos) {
    this.nanos = nanos;
    this.opened = nanos.getAsLong();
  }

  /** Says that an upload is being made: from before its fact is there until it is touched. */
  void begin(UploadId id) {
    beginning.add(id);
  }

  void touch(UploadId id) {
    last.put(id, nanos.getAsLong());
    beginning.remove(id);
  }

  boolean isOlderThan(UploadId id, Duration age) {
    // In this order, since the one is set before the other is ended.
    boolean begun = !beginning.contains(id);
    long idle = nanos.getAsLong() - last.getOrDefault(id, opened);
    return begun && idle >= age.toNanos();
  }

  void forget(UploadId id) {
    last.remove(id);
    beginning.remove(id);
  }
}
