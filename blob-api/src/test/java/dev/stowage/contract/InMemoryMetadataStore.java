package dev.stowage.contract;

import dev.stowage.spi.Health;
import dev.stowage.spi.MetadataStore;
import java.io.IOException;

/**
 * The reference of the port: facts in maps. One lock lets one writing function run at a time, over
 * a draft that becomes the facts when the function returns; readers hold the facts of the moment at
 * which they began. Facts live as long as the object does; nothing is durable.
 */
public final class InMemoryMetadataStore implements MetadataStore {
  private final Object writing = new Object();
  private volatile InMemoryFacts facts;
  private volatile boolean closed;

  /** An empty store. */
  public InMemoryMetadataStore() {
    this(new InMemoryFacts());
  }

  private InMemoryMetadataStore(InMemoryFacts facts) {
    this.facts = facts;
  }

  /** A store with the facts of this one, as if this one had been closed and opened again. */
  public InMemoryMetadataStore reopened() {
    return new InMemoryMetadataStore(facts);
  }

  @Override
  public <T> T read(Reading<T> transaction) throws IOException {
    refuseIfClosed();
    return transaction.in(facts);
  }

  @Override
  public <T> T write(Writing<T> transaction) throws IOException {
    synchronized (writing) {
      refuseIfClosed();
      InMemoryFacts draft = facts.draft();
      T result = transaction.in(draft);
      facts = draft;
      return result;
    }
  }

  @Override
  public void close() {
    synchronized (writing) {
      closed = true;
    }
  }

  @Override
  public Health health() {
    return new Health.Writable();
  }

  private void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }
}
