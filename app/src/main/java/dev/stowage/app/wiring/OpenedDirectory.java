package dev.stowage.app.wiring;

import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.app.operation.Operations;
import java.io.Closeable;
import java.io.IOException;

/** A data directory that a command has opened for itself. Closing it gives the directory up. */
public final class OpenedDirectory implements Closeable {
  private final OpenThings open;
  private final Operations operations;

  private OpenedDirectory(OpenThings open, Operations operations) {
    this.open = open;
    this.operations = operations;
  }

  /**
   * Opens the data directory without serving it.
   *
   * @throws dev.stowage.adapter.fs.DirectoryInUseException if another process has it
   * @throws IOException if it cannot be opened; what had been opened is closed then
   */
  public static OpenedDirectory open(GivenSettings settings) throws IOException {
    OpenThings open = new OpenThings();
    Operations operations =
        Assembly.assembled(
            settings, open, Operations.class, new StorageModule(), new RegistryModule());
    return new OpenedDirectory(open, operations);
  }

  /** What can be done to it. */
  public Operations operations() {
    return operations;
  }

  @Override
  public void close() throws IOException {
    open.close();
  }
}
