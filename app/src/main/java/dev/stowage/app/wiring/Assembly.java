package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/** The whole server, put together and running. Closing it ends it in good order. */
public final class Assembly implements Closeable {
  private final OpenThings open;
  private final RegistryServer server;

  private Assembly(OpenThings open, RegistryServer server) {
    this.open = open;
    this.server = server;
  }

  /**
   * Opens the data directory and begins to serve.
   *
   * @throws IOException if the directory cannot be opened or the address cannot be listened on;
   *     what had been opened is closed then
   */
  public static Assembly start(Settings settings) throws IOException {
    OpenThings open = new OpenThings();
    try {
      RegistryServer server =
          Guice.createInjector(
                  Stage.DEVELOPMENT,
                  new StorageModule(),
                  new RegistryModule(),
                  new HttpModule(),
                  given(settings, open))
              .getInstance(RegistryServer.class);
      return new Assembly(open, server);
    } catch (ProvisionException e) {
      IOException failure =
          e.getCause() instanceof IOException cause
              ? cause
              : new IOException("the server could not be put together", e);
      closeAfter(failure, open);
      throw failure;
    } catch (RuntimeException | Error e) {
      closeAfter(e, open);
      throw e;
    }
  }

  /** Where the registry is. */
  public URI uri() {
    return server.uri();
  }

  @Override
  public void close() throws IOException {
    open.close();
  }

  private static void closeAfter(Throwable failure, OpenThings open) {
    try {
      open.close();
    } catch (IOException closing) {
      failure.addSuppressed(closing);
    }
  }

  private static Module given(Settings settings, OpenThings open) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(Settings.class).toInstance(settings);
        bind(OpenThings.class).toInstance(open);
      }
    };
  }
}
