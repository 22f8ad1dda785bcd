package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import com.google.inject.util.Modules;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.adapter.http.admin.AdminServer;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.BackgroundScrub;
import dev.stowage.app.life.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;

/** The whole server, put together and running. Closing it ends it in good order. */
public final class Assembly implements Closeable {
  private final OpenThings open;
  private final RegistryServer server;

  @Inject
  @SuppressWarnings("UnusedVariable") // what runs beside the registry is asked for so that it runs
  Assembly(
      OpenThings open,
      RegistryServer server,
      AdminServer socket,
      BackgroundScrub scrub,
      Housekeeping housekeeping) {
    this.open = open;
    this.server = server;
  }

  /**
   * Opens the data directory and begins to serve.
   *
   * @throws IOException if the directory cannot be opened or the address cannot be listened on;
   *     what had been opened is closed then
   */
  public static Assembly start(GivenSettings settings) throws IOException {
    OpenThings open = new OpenThings();
    return assembled(
        settings,
        open,
        Assembly.class,
        new StorageModule(),
        new RegistryModule(),
        new HttpModule(),
        new AdminModule());
  }

  /** Puts together what a thing needs; what had been opened is closed if that fails. */
  static <T> T assembled(GivenSettings settings, OpenThings open, Class<T> type, Module... modules)
      throws IOException {
    try {
      return Guice.createInjector(
              Stage.DEVELOPMENT, Modules.combine(modules), given(settings, open))
          .getInstance(type);
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

  private static Module given(GivenSettings settings, OpenThings open) {
    return new AbstractModule() {
      @Override
      protected void configure() {
        bind(GivenSettings.class).toInstance(settings);
        bind(Settings.class).toInstance(settings.settings());
        bind(OpenThings.class).toInstance(open);
      }
    };
  }
}
