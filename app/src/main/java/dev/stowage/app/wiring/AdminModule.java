package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.adapter.http.admin.AdminServer;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.BackgroundScrub;
import dev.stowage.app.life.OpenThings;
import dev.stowage.app.life.Readiness;
import dev.stowage.app.operation.Operations;
import dev.stowage.core.StowageRegistry;
import java.io.IOException;

/** What runs beside the registry: the socket that commands use, and what goes on by itself. */
final class AdminModule extends AbstractModule {
  @Provides
  @Singleton
  @SuppressWarnings("CloseableProvides") // OpenThings closes what is provided here
  BackgroundScrub scrub(Settings settings, StowageRegistry registry, OpenThings open) {
    return open.add(BackgroundScrub.start(registry.scrubber(), settings.scrubRate()));
  }

  @Provides
  @Singleton
  Housekeeping housekeeping(Settings settings, StowageRegistry registry, OpenThings open) {
    return Housekeeping.begin(registry, settings.upkeep(), open);
  }

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
