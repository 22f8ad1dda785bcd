package dev.stowage.app.command;

import dev.stowage.adapter.fs.DirectoryInUseException;
import dev.stowage.adapter.http.admin.AdminClient;
import dev.stowage.adapter.http.admin.Call;
import dev.stowage.adapter.http.admin.Outcome;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.wiring.OpenedDirectory;
import dev.stowage.maintenance.Progress;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A data directory, whether a server runs on it or not.
 *
 * @param settings where it is, and how it is opened if no server runs
 * @param made whether it is made where it is absent
 */
record Directory(GivenSettings settings, boolean made) {
  /** A server that starts or stops has the directory without listening. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final long PAUSE_MILLIS = 100;

  /**
   * Has an operation run.
   *
   * @throws IOException if nobody can run it
   */
  Outcome have(String operation, Call call, Progress progress) throws IOException {
    Path directory = settings.settings().dataDir();
    if (!made && !Files.isDirectory(directory)) {
      throw new IOException("there is no data directory " + directory);
    }
    AdminClient server = new AdminClient(directory);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Outcome> answer = server.ask(operation, call, progress);
      if (answer.isPresent()) {
        return answer.get();
      }
      try (OpenedDirectory opened = OpenedDirectory.open(settings)) {
        return opened.operations().run(operation, call, progress);
      } catch (DirectoryInUseException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(e.getMessage() + ", which answers no commands", e);
        }
        pause();
      }
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the data directory was interrupted");
    }
  }
}
