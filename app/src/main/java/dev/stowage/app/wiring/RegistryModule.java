package dev.stowage.app.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.app.config.Settings;
import dev.stowage.app.life.OpenThings;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;

/** The registry over its ports. */
@SuppressWarnings("CloseableProvides") // OpenThings closes what is provided here
final class RegistryModule extends AbstractModule {
  @Override
  protected void configure() {
    bind(ManifestReader.class).toInstance(new JacksonManifestReader());
    bind(Registry.class).to(StowageRegistry.class);
  }

  @Provides
  @Singleton
  StowageRegistry registry(
      Settings settings, BlobData data, MetadataStore facts, ManifestReader reader, OpenThings open)
      throws IOException {
    CoreOptions options =
        CoreOptions.defaults()
            .withDeletes(settings.deletes())
            .withReferencesProtected(settings.referencesProtected())
            .withSparseManifests(settings.sparseManifests())
            .withMaxManifestSize(settings.maxManifestSize())
            .withCollection(settings.upkeep().policy());
    StowageRegistry registry = open.add(StowageRegistry.open(data, facts, reader, options));
    Housekeeping.begin(registry, settings.upkeep(), open);
    return registry;
  }
}
