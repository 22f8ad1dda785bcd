package dev.stowage.core.review;

import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;

/**
 * The promises to those who were told that something is here: the collector leaves it for a while.
 * They live in memory, on monotonic time, and there is one only for what is up for review. They
 * bind the collector alone: what somebody deletes goes at once, and its lease says nothing then.
 *
 * <p>The collector condemns a key in the same map, so of a lease and a condemnation one comes
 * first. Whoever comes second gives way: the collector at once, a reader by waiting until the
 * collector has decided.
 */
public final class Leases {
  private static final int FEW = 1024;

  private final LongSupplier nanos;
  private final Duration length;
  private final ConcurrentMap<Key, Entry> entries = new ConcurrentHashMap<>();
  private volatile int tidyAbove = FEW;

  /**
   * No leases yet.
   *
   * @param nanos a monotonic clock, in nanoseconds
   * @param length how long a lease lasts
   */
  public Leases(LongSupplier nanos, Duration length) {
    this.nanos = nanos;
    this.length = length;
  }

  private record Key(RepositoryName repository, Digest digest) {}

  private sealed interface Entry permits Lease, Condemnation {}

  private record Lease(long end) implements Entry {
    boolean isOver(long now) {
      return end - now <= 0;
    }
  }

  /** The collector's hold on a key, which it closes once it has decided. */
  public final class Condemnation implements Entry, AutoCloseable {
    private final Key key;
    private final CountDownLatch decided = new CountDownLatch(1);

    private Condemnation(Key key) {
      this.key = key;
    }

    private void await() throws InterruptedIOException {
      try {
        decided.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (InterruptedIOException)
            new InterruptedIOException("interrupted while the collector decides").initCause(e);
      }
    }

    @Override
    public void close() {
      entries.remove(key, this);
      decided.countDown();
    }
  }

  /** How long a lease lasts. */
  public Duration length() {
    return length;
  }

  /**
   * Gives a lease. What is here is to be read after this has returned.
   *
   * @throws InterruptedIOException if the thread is interrupted while it waits for the collector
   */
  public void enter(RepositoryName repository, Digest digest) throws IOException {
    Key key = new Key(repository, digest);
    while (true) {
      Lease lease = new Lease(nanos.getAsLong() + length.toNanos());
      Entry entry = entries.merge(key, lease, Leases::laterOf);
      if (!(entry instanceof Condemnation condemnation)) {
        tidyIfMany();
        return;
      }
      condemnation.await();
    }
  }

  /** Takes a key for the collector, unless it is leased. */
  public Optional<Condemnation> condemn(RepositoryName repository, Digest digest) {
    Condemnation condemnation = new Condemnation(new Key(repository, digest));
    long now = nanos.getAsLong();
    Entry entry =
        entries.merge(
            condemnation.key,
            condemnation,
            (old, mine) -> old instanceof Lease lease && lease.isOver(now) ? mine : old);
    return entry == condemnation ? Optional.of(condemnation) : Optional.empty();
  }

  /** How much longer a key is leased; zero if it is not. */
  public Duration remaining(RepositoryName repository, Digest digest) {
    long now = nanos.getAsLong();
    return entries.get(new Key(repository, digest)) instanceof Lease lease && !lease.isOver(now)
        ? Duration.ofNanos(lease.end() - now)
        : Duration.ZERO;
  }

  /** Forgets the leases that are over. */
  public void tidy() {
    long now = nanos.getAsLong();
    entries.values().removeIf(entry -> entry instanceof Lease lease && lease.isOver(now));
    tidyAbove = Math.max(FEW, 2 * entries.size());
  }

  /** How many keys are held. */
  int size() {
    return entries.size();
  }

  private void tidyIfMany() {
    if (entries.size() > tidyAbove) {
      tidy();
    }
  }

  private static Entry laterOf(Entry old, Entry fresh) {
    return old instanceof Lease lease && fresh instanceof Lease other && lease.isOver(other.end())
        ? fresh
        : old;
  }
}
