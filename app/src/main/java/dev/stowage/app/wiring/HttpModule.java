package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.http.HttpOptions;
import dev.stowage.adapter.http.RegistryServer;
import dev.stowage.app.config.ListenAddress;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.registry.Registry;
import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;

/** The registry on a port. */
final class HttpModule extends AbstractModule {
  @Provides
  @Singleton
  RegistryServer server(Settings settings, Registry registry, OpenThings open) throws IOException {
    ListenAddress listen = settings.listen();
    RegistryServer server =
        new RegistryServer(
            registry, HttpOptions.defaults().listeningOn(listen.host(), listen.port()));
    open.add(server::close);
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException("cannot listen on " + listen + ": " + reason(e), e);
    }
    return server;
  }

  private static String reason(IOException failure) {
    Throwable reason = failure.getCause() == null ? failure : failure.getCause();
    return reason instanceof UnresolvedAddressException
        ? "no such host"
        : String.valueOf(reason.getMessage());
  }
}
