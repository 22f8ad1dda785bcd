package dev.stowage.maintenance;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * Removes what nothing refers to any more, while everybody else goes on: in small transactions,
 * each of which looks again at what it removes. Its cost follows the garbage, not the store.
 *
 * <p>A collection that is interrupted by the end of the process goes on with the next one. Safe for
 * use by many threads; one collection runs at a time, and the next one waits for it.
 */
public interface GarbageCollector {
  /**
   * Removes what may go now.
   *
   * @param each is told of every removal, in their order, once it is durable; what it throws ends
   *     the collection there
   * @return what was done, and what is waiting
   * @throws IOException if the facts cannot be read or written; what was removed until then is
   *     durable. Bytes that cannot be deleted are no failure: they are tried again by the next run
   */
  CollectionReport collect(Consumer<Removal> each) throws IOException;

  /**
   * Says what {@link #collect} would remove now, and why, and changes nothing.
   *
   * @param each is told of every removal that there would be; what it throws ends this
   * @throws IOException if the facts cannot be read
   */
  CollectionReport preview(Consumer<Removal> each) throws IOException;
}
