package dev.stowage.core.collect;

import dev.stowage.core.journal.Journal;
import dev.stowage.core.review.Leases;
import dev.stowage.core.review.ReviewRules;
import dev.stowage.core.review.Reviews;
import dev.stowage.core.review.StoreClock;
import dev.stowage.maintenance.CollectionReport;
import dev.stowage.maintenance.GarbageCollector;
import dev.stowage.maintenance.Removal;
import dev.stowage.maintenance.RetentionPolicy;
import dev.stowage.maintenance.Waiting;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.MetadataStore;
import dev.stowage.spi.Review;
import dev.stowage.spi.StoreTime;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The collector: it takes what is due off the review queue, a few at a time. All that it has to
 * know is in the queue, so it goes on by itself after a crash.
 */
public final class Collector implements GarbageCollector, Closeable {
  private static final Logger LOG = System.getLogger(Collector.class.getName());
  private static final int BATCH = 64;
  private static final int COUNTED = 1000;
  private static final StoreTime END = new StoreTime(Long.MAX_VALUE);

  private final MetadataStore store;
  private final DoomedBytes doomed;
  private final StoreClock clock;
  private final ReviewRules rules;
  private final Leases leases;
  private final LongSupplier nanos;
  private final ReviewWalk walk;
  private final TagRetention retention;
  private final Sweep sweep;
  private final Forgetting forgetting;
  private final boolean holds;
  private final ReentrantLock running = new ReentrantLock(true);

  /** The last review behind which every one is still to be decided. */
  private volatile Optional<Review> decided = Optional.empty();

  private volatile boolean closed;

  /** A collector over the parts that the store's writers use as well. */
  public Collector(
      MetadataStore store,
      DoomedBytes doomed,
      StoreClock clock,
      ReviewRules rules,
      RetentionPolicy tags,
      Leases leases,
      Reviews reviews,
      Journal journal,
      LongSupplier nanos) {
    this.store = store;
    this.doomed = doomed;
    this.clock = clock;
    this.rules = rules;
    this.leases = leases;
    this.nanos = nanos;
    this.walk = new ReviewWalk(store, clock, rules);
    this.retention = new TagRetention(store, clock, tags, reviews, journal);
    this.sweep = new Sweep(store, doomed, clock, rules, leases, reviews, journal);
    this.forgetting = new Forgetting(store);
    this.holds = journal.isKept();
  }

  @Override
  public CollectionReport collect(Consumer<Removal> each) throws IOException {
    running.lock();
    try {
      refuseIfClosed();
      Tally tally = new Tally(each, nanos);
      tally.addLeftovers(doomed.freeAll());
      leases.tidy();
      Optional<Duration> notBefore = untilOneLeaseIsOver();
      if (notBefore.isPresent()) {
        save();
      } else {
        if (walk.run()) {
          tally.note("everything was looked through once, by the rules that hold now");
        }
        retention.run(tally);
        sweepAll(tally);
        forgetting.run(clock.now());
      }
      return tally.report(notBefore);
    } finally {
      running.unlock();
    }
  }

  @Override
  public CollectionReport preview(Consumer<Removal> each) throws IOException {
    refuseIfClosed();
    Tally tally = new Tally(each, nanos);
    if (!store.read(facts -> facts.reviewRules()).equals(Optional.of(rules.words()))) {
      tally.note("the rules have changed: a collection looks everything through first");
    }
    Consequences consequences = new Consequences(rules, leases, holds, tally);
    retention.preview(tally, consequences);
    StoreTime now = clock.now();
    Optional<Review> last = decided;
    List<Review> batch;
    do {
      batch = dueBehind(last, now);
      batch.forEach(consequences::due);
      store.read(
          facts -> {
            consequences.follow(facts);
            return true;
          });
      last = batch.isEmpty() ? last : Optional.of(batch.get(batch.size() - 1));
    } while (batch.size() == BATCH);
    return tally.report(untilOneLeaseIsOver());
  }

  /**
   * Why the next collection would remove a tag, if it would.
   *
   * @throws IOException if the facts cannot be read
   */
  public Optional<String> retires(RepositoryName repository, Tag tag) throws IOException {
    return retention.retires(repository, tag);
  }

  /** What becomes of a repository's tags, if not all are kept. */
  public Optional<String> retention(RepositoryName repository) {
    return retention.words(repository);
  }

  /** Saves the store's clock, so that a crash does not set it back by much. */
  public void save() throws IOException {
    store.write(clock::save);
  }

  /** Ends a collection under way behind the step that it is at, and saves the clock. */
  @Override
  public void close() {
    closed = true;
    running.lock();
    try {
      save();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the store's clock is not saved, and will go back a little", e);
    } finally {
      running.unlock();
    }
  }

  /**
   * Leases do not outlive the process: who was told by the one before that something is here may
   * rely on that for as long as a lease lasts.
   */
  private Optional<Duration> untilOneLeaseIsOver() {
    Duration left = rules.lease().minus(clock.upFor());
    return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
  }

  /** What goes may leave something else unreferenced, which is due at once where times are zero. */
  private void sweepAll(Tally tally) throws IOException {
    long before;
    do {
      before = tally.removed();
      sweepUntil(store.write(clock::save), tally);
    } while (tally.removed() > before && !closed);
  }

  private void sweepUntil(StoreTime now, Tally tally) throws IOException {
    Optional<Review> last = decided;
    List<Review> batch;
    do {
      batch = dueBehind(last, now);
      if (batch.isEmpty()) {
        return;
      }
      sweep.run(batch, tally);
      Review end = batch.get(batch.size() - 1);
      last = Optional.of(end);
      if (end.due().compareTo(now) < 0) {
        // The clock is saved: nothing will ever be put on the queue with a time before that.
        decided = last;
      }
    } while (batch.size() == BATCH && !closed);
  }

  private List<Review> dueBehind(Optional<Review> last, StoreTime now) throws IOException {
    return store.read(facts -> facts.reviews(last, now, BATCH));
  }

  @Override
  public Waiting waiting() throws IOException {
    List<Review> waiting = store.read(facts -> facts.reviews(decided, END, COUNTED + 1));
    Optional<Duration> next =
        waiting.stream()
            .findFirst()
            .map(review -> clock.now().until(review.due()))
            .map(left -> left.isNegative() ? Duration.ZERO : left);
    return new Waiting(Math.min(waiting.size(), COUNTED), waiting.size() > COUNTED, next);
  }

  private void refuseIfClosed() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }
}
