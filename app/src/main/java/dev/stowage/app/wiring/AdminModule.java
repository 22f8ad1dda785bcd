package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.adapter.http.admin.AdminServer;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.app.life.Readiness;
import dev.stowage.app.operation.Operations;
import java.io.IOException;

/** The socket that commands use. It listens once the registry does. */
final class AdminModule extends AbstractModule {
  @Provides
  @Singleton
  @SuppressWarnings({
    "CloseableProvides", // OpenThings closes what is provided here
    "UnusedVariable" // the registry's server is asked for so that it is ready before
  })
  AdminServer server(
      Settings settings,
      Operations operations,
      Readiness readiness,
      RegistryServer startedFirst,
      OpenThings open)
      throws IOException {
    AdminServer server = new AdminServer(settings.dataDir(), operations.table(), readiness);
    open.add(server::close);
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(
          "cannot make the socket in " + settings.dataDir() + ": " + e.getMessage(), e);
    }
    return server;
  }
}
