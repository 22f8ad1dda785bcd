package dev.stowage.core;

import dev.stowage.Actor;
import dev.stowage.core.catalog.Catalog;
import dev.stowage.core.collect.Collector;
import dev.stowage.core.collect.DoomedBytes;
import dev.stowage.core.history.Explaining;
import dev.stowage.core.history.Purging;
import dev.stowage.core.history.RecordedHistory;
import dev.stowage.core.journal.Journal;
import dev.stowage.core.migrate.StoreMigration;
import dev.stowage.core.review.Leases;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.review.StoreClock;
import dev.stowage.core.scrub.StoreScrubber;
import dev.stowage.core.upload.ExpiredUploads;
import dev.stowage.core.upload.UploadRecovery;
import dev.stowage.core.upload.Uploads;
import dev.stowage.maintenance.CollectionPolicy;
import dev.stowage.maintenance.Explainer;
import dev.stowage.maintenance.GarbageCollector;
import dev.stowage.maintenance.History;
import dev.stowage.maintenance.Migration;
import dev.stowage.maintenance.Purger;
import dev.stowage.maintenance.Scrubber;
import dev.stowage.maintenance.UploadExpiry;
import dev.stowage.registry.Page;
import dev.stowage.registry.Registry;
import dev.stowage.registry.Repository;
import dev.stowage.registry.RepositoryName;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.ContentFiles;
import dev.stowage.spi.FactReader;
import dev.stowage.spi.LayoutDocuments;
import dev.stowage.spi.ManifestReader;
import dev.stowage.spi.MetadataStore;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/**
 * A registry over bytes and facts. It is its own view for {@linkplain Actor#ANONYMOUS a caller
 * without a name}.
 *
 * <p>One instance at a time uses a pair of bytes and facts. Closing it gives up the open uploads'
 * files, so that they can be resumed by the next one; the bytes and the facts are closed by whoever
 * opened them, after it.
 */
public final class StowageRegistry implements Registry, Closeable {
  /** By whose name history knows what the store itself does. */
  private static final String COLLECTOR = "collector";

  private final Catalog catalog;
  private final Uploads uploads;
  private final Collector collector;
  private final UploadExpiry expiry;
  private final Scrubber scrubber;
  private final ManifestReader reader;
  private final History history;
  private final Purger purger;
  private final Explainer explainer;

  private StowageRegistry(
      Catalog catalog,
      Uploads uploads,
      Collector collector,
      UploadExpiry expiry,
      Scrubber scrubber,
      ManifestReader reader,
      History history,
      Purger purger,
      Explainer explainer) {
    this.catalog = catalog;
    this.uploads = uploads;
    this.collector = collector;
    this.expiry = expiry;
    this.scrubber = scrubber;
    this.reader = reader;
    this.history = history;
    this.purger = purger;
    this.explainer = explainer;
  }

  /**
   * Opens a registry and finishes what an earlier one was interrupted in: bytes that nothing refers
   * to any more are freed, and uploads that did not survive are forgotten.
   *
   * @param data the bytes
   * @param store the facts about them
   * @param reader reads manifests
   * @param options how the registry behaves
   * @throws IOException if the bytes or the facts cannot be read or written
   */
  public static StowageRegistry open(
      BlobData data, MetadataStore store, ManifestReader reader, CoreOptions options)
      throws IOException {
    CollectionPolicy collection = options.collection();
    DoomedBytes doomed = new DoomedBytes(data, store);
    doomed.freeAll();
    new UploadRecovery(data, store).run();
    StoreClock clock =
        new StoreClock(options.nanos(), options.clock(), store.read(FactReader::clock));
    Leases leases = new Leases(options.nanos(), collection.lease());
    Reviews reviews = new Reviews(clock, options.reviewRules(), leases);
    Journal journal = new Journal(clock, collection.history(), Actor.ANONYMOUS.name());
    Uploads uploads =
        new Uploads(
            data, store, doomed, reviews, options.clock(), options.nanos(), options.idleUploads());
    Collector collector =
        new Collector(
            store,
            doomed,
            clock,
            options.reviewRules(),
            collection.retention(),
            leases,
            reviews,
            journal.by(COLLECTOR),
            options.nanos());
    return new StowageRegistry(
        new Catalog(
            Actor.ANONYMOUS,
            data,
            store,
            reader,
            uploads,
            doomed,
            reviews,
            journal,
            options.rules()),
        uploads,
        collector,
        new ExpiredUploads(store, uploads, collection.uploads()),
        new StoreScrubber(data, store, uploads, doomed, options.clock()),
        reader,
        new RecordedHistory(store, reader, reviews, journal, options.rules()),
        new Purging(store, doomed),
        new Explaining(store, collector, clock, options.reviewRules(), leases, journal));
  }

  /** Removes what nothing refers to any more. It runs when it is told to, and not by itself. */
  public GarbageCollector collector() {
    return collector;
  }

  /** Cancels uploads that nobody touches. It runs when it is told to, and not by itself. */
  public UploadExpiry uploadExpiry() {
    return expiry;
  }

  /**
   * Saves the store's clock, as every collection does. To be called now and then, since after a
   * crash the clock goes on from where it was saved.
   *
   * @throws IOException if it cannot be made durable
   */
  public void saveClock() throws IOException {
    collector.save();
  }

  /** What happened, and the undoing of it. */
  public History history() {
    return history;
  }

  /** Ends for good what was deleted, or is kept only for a time. */
  public Purger purger() {
    return purger;
  }

  /** Says why something is kept. */
  public Explainer explainer() {
    return explainer;
  }

  /** Compares what is stored with what was stored. */
  public Scrubber scrubber() {
    return scrubber;
  }

  /**
   * Takes content out of this registry and into it.
   *
   * @param files opens the files of other programs
   * @param documents reads and writes the documents of layouts
   */
  public Migration migration(ContentFiles files, LayoutDocuments documents) {
    return new StoreMigration(this, reader, files, documents);
  }

  @Override
  public Registry as(Actor actor) {
    return catalog.as(actor);
  }

  @Override
  public Repository repository(RepositoryName name) {
    return catalog.repository(name);
  }

  @Override
  public Page<RepositoryName> repositories(Optional<RepositoryName> after, int limit)
      throws IOException {
    return catalog.repositories(after, limit);
  }

  @Override
  public void close() throws IOException {
    collector.close();
    uploads.close();
  }
}
