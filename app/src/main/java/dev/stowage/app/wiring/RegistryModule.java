package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.fs.LocalContent;
import dev.stowage.adapter.http.json.JacksonLayoutDocuments;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.app.config.GivenSettings;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.app.life.Readiness;
import dev.stowage.app.operation.OpenStore;
import dev.stowage.app.operation.Operations;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;

/** The registry over its ports. */
final class RegistryModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ManifestReader.class).toInstance(new JacksonManifestReader());
  }

  @Provides
  @Singleton
  Registry registry(StowageRegistry opened) {
    return opened;
  }

  @Provides
  @Singleton
  Readiness readiness() {
    return new Readiness();
  }

  @Provides
  @Singleton
  Operations operations(StowageRegistry registry, GivenSettings settings) {
    return new Operations(
        new OpenStore(
            registry, registry.migration(new LocalContent(), new JacksonLayoutDocuments())),
        settings);
  }

  @Provides
  @Singleton
  @SuppressWarnings("CloseableProvides") // OpenThings closes what is provided here
  StowageRegistry opened(
      Settings settings, BlobData data, MetadataStore facts, ManifestReader reader, OpenThings open)
      throws IOException {
    CoreOptions options =
        CoreOptions.defaults()
            .withDeletes(settings.deletes())
            .withReferencesProtected(settings.referencesProtected())
            .withSparseManifests(settings.sparseManifests())
            .withMaxManifestSize(settings.maxManifestSize())
            .withCollection(settings.upkeep().policy());
    return open.add(StowageRegistry.open(data, facts, reader, options));
  }
}
