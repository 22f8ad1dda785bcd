package dev.stowage.adapter.http.admin;

import dev.stowage.maintenance.Progress;

/** Something that the server does because a command asks for it. */
@FunctionalInterface
public interface AdminOperation {
  /**
   * Does it. What goes wrong is an outcome too.
   *
   * @param call what was asked
   * @param progress where lines go, one after another; it fails once nobody listens
   */
  Outcome run(Call call, Progress progress);
}
