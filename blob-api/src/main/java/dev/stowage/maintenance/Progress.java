package dev.stowage.maintenance;

import java.io.IOException;

/** Hears how far a long task has come, and is how whoever asked for it ends it early. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing and never ends a task. */
  Progress SILENT = line -> {};

  /**
   * Takes one line for people. A task calls this every second or so, between two steps.
   *
   * @throws IOException if nobody waits for the result any more: the task ends with it, and leaves
   *     nothing half made
   */
  void tell(String line) throws IOException;
}
