package dev.stowage.app.operation;

import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.maintenance.Progress;
import java.io.IOException;

/** One thing that a command does to an open store. Holds nothing of any call. */
@FunctionalInterface
interface StoreOperation {
  /**
   * Does it.
   *
   * @throws dev.stowage.StowageException if it is refused
   * @throws IOException if the medium fails, or nobody waits for the outcome any more
   */
  Outcome run(OpenStore store, Arguments arguments, Progress progress) throws IOException;
}
