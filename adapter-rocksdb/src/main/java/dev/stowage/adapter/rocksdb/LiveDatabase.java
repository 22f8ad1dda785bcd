package dev.stowage.adapter.rocksdb;

import dev.stowage.spi.Health;
import dev.stowage.spi.MetadataStore.Writing;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database beneath the port, which is closed and opened again when it fails.
 *
 * <p>After a failed write or sync of the log, or a failure in RocksDB's own threads, nothing that
 * the database has in memory, and no later success of a sync, is a promise any more. So from then
 * on no change is taken. What is open goes on serving reads until the disk answers again; then it
 * is closed, once the calls in it have ended, and opened with all the checks of an opening, which
 * moves what the log holds into new tables. If it does not open, reads are served from a database
 * that is opened for reading only, and the next attempt follows.
 *
 * <p>Safe for use by any number of threads.
 */
final class LiveDatabase implements Closeable {
  /** For how long an attempt holds up new calls while it waits for those under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How long a failure in RocksDB's own threads may go unnoticed. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(LiveDatabase.class);
  private static final Health WRITABLE = new Health.Writable();

  private final Path directory;
  private final RocksOptions options;
  private final UnaryOperator<GroupCommit.Log> way;
  private final Pace pace;
  private final DiskProbe probe;
  private final CountDownLatch closing = new CountDownLatch(1);

  /** Held for reading by every call, since native handles must not be used once they are closed. */
  private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

  /** Guarded by {@link #use}; null while it can be opened in no way. */
  private @Nullable RocksDatabase database;

  /** Guarded by {@link #use}. */
  private @Nullable GroupCommit commits;

  /** Guarded by {@link #use}. */
  private boolean closed;

  /** Becomes writable only under the lock of {@link #use}, together with the database. */
  private volatile Health health = WRITABLE;

  /** Of the database that is open for writing. Guarded by this. */
  private @Nullable Alarm alarm;

  private final Semaphore wake = new Semaphore(0);
  private final Thread keeper = new Thread(this::keep, "stowage-metadata-keeper");

  /** How many attempts there were without a time of rest. For the keeper alone. */
  private int attempts;

  /** When it was opened last. For the keeper alone. */
  private long recoveredAt = System.nanoTime();

  private LiveDatabase(
      Path directory, RocksOptions options, UnaryOperator<GroupCommit.Log> way, Pace pace) {
    this.directory = directory;
    this.options = options;
    this.way = way;
    this.pace = pace;
    this.probe = new DiskProbe(directory);
  }

  /** A call that uses the database. */
  @FunctionalInterface
  interface Call<T> {
    T run(RocksDatabase database) throws IOException;
  }

  /** Opens it; the groups of its changes take a way of their own into it. */
  static LiveDatabase open(
      Path directory, RocksOptions options, UnaryOperator<GroupCommit.Log> way, Pace pace)
      throws IOException {
    LiveDatabase live = new LiveDatabase(directory, options, way, pace);
    live.openForWriting();
    live.keeper.setDaemon(true);
    live.keeper.start();
    return live;
  }

  Health health() {
    return health;
  }

  /**
   * Lets a call use the database, which stays open until the call has ended.
   *
   * @throws IOException if it is closed, or could not be opened again
   */
  <T> T use(Call<T> call) throws IOException {
    use.readLock().lock();
    try {
      return call.run(database());
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * Runs a writing function and makes its changes durable.
   *
   * @throws StoreReadOnlyException if no changes are taken
   */
  <T> T write(Writing<T> function) throws IOException {
    // Before the lock as well: a refusal does not wait for an attempt to open the database.
    if (closing.getCount() > 0) {
      refuseWhileReadOnly();
    }
    use.readLock().lock();
    try {
      database();
      refuseWhileReadOnly();
      if (commits == null) {
        throw new IllegalStateException("a writable database has commits");
      }
      return commits.write(function);
    } finally {
      use.readLock().unlock();
    }
  }

  /**
   * Closes it once all calls under way have returned; to close it again does nothing.
   *
   * @throws IOException if the database reports a failure; it is closed all the same
   */
  @Override
  public void close() throws IOException {
    if (use.getReadHoldCount() > 0) {
      throw new IllegalStateException("a function does not close the store that it runs in");
    }
    closing.countDown();
    wake.release();
    awaitKeeper();
    use.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        health = new Health.ReadOnly("it is closed");
        closeDatabase();
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private RocksDatabase database() throws IOException {
    if (closed) {
      throw new IOException("the metadata store in " + directory + " is closed");
    }
    if (database == null) {
      throw new IOException("the metadata cannot be read: " + reason());
    }
    return database;
  }

  private void refuseWhileReadOnly() throws IOException {
    if (health instanceof Health.ReadOnly readOnly) {
      throw new StoreReadOnlyException(
          "the metadata takes no changes until it has recovered: " + readOnly.reason());
    }
  }

  private String reason() {
    return health instanceof Health.ReadOnly readOnly ? readOnly.reason() : "it is not open";
  }

  private void openForWriting() throws IOException {
    Alarm heard = new Alarm(this::failed);
    RocksDatabase opened = RocksOpening.open(directory, options);
    try {
      commits = new GroupCommit(opened, way.apply(opened), heard);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
    database = opened;
    synchronized (this) {
      alarm = heard;
      health = WRITABLE;
    }
    // What was raised while it was being opened found nobody to listen.
    heard.reason().ifPresent(this::failed);
  }

  /** Takes note of a failure, the first of the database that is open; called from any thread. */
  private synchronized void failed(String reason) {
    // Only the alarm of the database in use counts: one that is closed or opened may complain, too.
    if (alarm == null || alarm.reason().isEmpty() || closing.getCount() == 0) {
      return;
    }
    alarm = null;
    health = new Health.ReadOnly(reason);
    LOG.error(
        "the metadata in {} takes no changes from now on: {}. Reads are served; it will be opened"
            + " again, and take changes, as soon as the disk answers",
        directory,
        reason);
    wake.release();
  }

  /** Looks after the database until it is closed. */
  private void keep() {
    while (!isWokenToClose()) {
      if (health instanceof Health.ReadOnly) {
        recover();
      } else {
        look();
      }
    }
  }

  private boolean isWokenToClose() {
    try {
      wake.tryAcquire(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS);
      return closing.getCount() == 0;
    } catch (InterruptedException e) {
      // Nobody interrupts it but whoever ends the process.
      return true;
    }
  }

  private void look() {
    try {
      if (use(RocksDatabase::hasFailedInside)) {
        raiseAlarm("RocksDB failed while it moved changes into tables; its file LOG says why");
      }
    } catch (IOException e) {
      raiseAlarm("RocksDB does not say how it is: " + e.getMessage());
    }
  }

  private void raiseAlarm(String reason) {
    Alarm current;
    synchronized (this) {
      current = alarm;
    }
    if (current != null) {
      current.raise(reason);
    }
  }

  private void recover() {
    long failedAt = System.nanoTime();
    if (failedAt - recoveredAt > pace.longest().multipliedBy(2).toNanos()) {
      attempts = 0;
    }
    int tried = 0;
    String told = "";
    while (!isClosingAfter(pace.before(attempts))) {
      attempts++;
      tried++;
      try {
        if (openAgain()) {
          LOG.info(
              "the metadata in {} takes changes again, after {} ms and {} attempts",
              directory,
              TimeUnit.NANOSECONDS.toMillis(recoveredAt - failedAt),
              tried);
        }
        return;
      } catch (Throwable e) {
        // Whatever it was, memory that ran out included: nobody else would try again.
        String message = String.valueOf(e.getMessage());
        if (!message.equals(told)) {
          LOG.warn("the metadata in {} is not opened again yet: {}", directory, message);
          told = message;
        }
      }
    }
  }

  private boolean isClosingAfter(Duration wait) {
    try {
      return closing.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      // Nobody interrupts it but whoever ends the process.
      return true;
    }
  }

  /** One attempt: false if it is being closed instead. */
  private boolean openAgain() throws IOException {
    probe.run();
    if (!lockForOpening()) {
      throw new IOException("calls under way did not end within " + PATIENCE.toSeconds() + " s");
    }
    try {
      if (closed) {
        return false;
      }
      closeFailed();
      try {
        openForWriting();
        recoveredAt = System.nanoTime();
        return true;
      } catch (IOException | RuntimeException e) {
        openForReading(e);
        throw e;
      }
    } finally {
      use.writeLock().unlock();
    }
  }

  private boolean lockForOpening() {
    try {
      return use.writeLock().tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private void openForReading(Exception reason) {
    try {
      database = RocksOpening.openForReading(directory, options);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private void closeFailed() {
    try {
      closeDatabase();
    } catch (IOException e) {
      // It repeats the failure that this is about.
      LOG.debug("the failed database in {} complains while it is closed", directory, e);
    }
  }

  private void closeDatabase() throws IOException {
    synchronized (this) {
      alarm = null;
    }
    RocksDatabase open = database;
    database = null;
    commits = null;
    if (open != null) {
      open.close();
    }
  }

  private void awaitKeeper() {
    try {
      keeper.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
