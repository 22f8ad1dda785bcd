package dev.stowage.contract;

import dev.stowage.spi.MetadataStore;

final class InMemoryMetadataStoreTest extends MetadataStoreContract {
  private InMemoryMetadataStore last = new InMemoryMetadataStore();

  @Override
  protected MetadataStore openFresh() {
    last = new InMemoryMetadataStore();
    return last;
  }

  @Override
  protected MetadataStore reopen() {
    last = last.reopened();
    return last;
  }
}
