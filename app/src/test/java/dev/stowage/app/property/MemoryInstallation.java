package dev.stowage.app.property;

import dev.stowage.adapter.http.json.JacksonManifestReader;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.core.CoreOptions;
import dev.stowage.core.StowageRegistry;
import dev.stowage.registry.Registry;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;

/** The core over the references in memory, which can be killed in earnest. */
final class MemoryInstallation implements Installation {
  private InMemoryBlobData data = new InMemoryBlobData();
  private InMemoryMetadataStore facts = new InMemoryMetadataStore();
  private StowageRegistry registry;

  MemoryInstallation(CoreOptions options) throws IOException {
    registry = StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
  }

  @Override
  public Registry registry() {
    return registry;
  }

  @Override
  public BlobData data() {
    return data;
  }

  @Override
  public MetadataStore facts() {
    return facts;
  }

  @Override
  public void reopen(End end, CoreOptions options) throws IOException {
    if (end == End.CLOSE) {
      registry.close();
    }
    data = end == End.BOOT ? data.afterBoot() : data.afterKill();
    InMemoryMetadataStore ended = facts;
    facts = ended.reopened();
    ended.close();
    registry = StowageRegistry.open(data, facts, new JacksonManifestReader(), options);
  }

  @Override
  public void close() throws IOException {
    registry.close();
  }
}
