package dev.stowage.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.blob.BlobStore;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.OperationUnsupportedException;
import dev.stowage.contract.BlobStoreContract;
import dev.stowage.contract.InMemoryBlobData;
import dev.stowage.contract.InMemoryMetadataStore;
import dev.stowage.contract.LeakTrackingBlobData;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store without a registry keeps the contract, and leaves nothing open. */
class StowageStoreTest extends BlobStoreContract {
  private static final MediaType TEXT = new MediaType("text/plain");

  private final LeakTrackingBlobData data = new LeakTrackingBlobData(new InMemoryBlobData());
  private final InMemoryMetadataStore facts = new InMemoryMetadataStore();
  private StowageStore store;

  StowageStoreTest() throws IOException {
    store = StowageStore.open(data, facts, CoreOptions.defaults());
  }

  @Override
  protected BlobStore open() {
    return store;
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close();
    data.assertNothingOpen();
  }

  @Test
  void keepsBlobsForTheNextOpening() throws IOException {
    Descriptor descriptor = store.put(TEXT, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    store.close();
    store = StowageStore.open(data, facts, CoreOptions.defaults());
    assertEquals(descriptor, store.stat(descriptor.digest()));
  }

  @Test
  void tellsFurtherDigests() throws IOException {
    ByteBuffer content = ByteBuffer.wrap(new byte[] {1, 2, 3});
    Descriptor descriptor = store.put(TEXT, content);
    Digest alias = Digest.of(DigestAlgorithm.SHA512, content);
    store.descriptors().setDescriptor(alias, descriptor);
    assertEquals(descriptor, store.stat(alias));
  }

  @Test
  void deletesNothingWhereDeletionIsSwitchedOff() throws IOException {
    Descriptor descriptor = store.put(TEXT, ByteBuffer.wrap(new byte[] {1, 2, 3}));
    store.close();
    store = StowageStore.open(data, facts, CoreOptions.defaults().withDeletes(false));
    assertThrows(OperationUnsupportedException.class, () -> store.delete(descriptor.digest()));
    assertEquals(descriptor, store.stat(descriptor.digest()));
  }
}
