package dev.stowage.contract;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Blob data that fails where a test says so, and as the port says that it fails: after each fault
 * the bytes are in a state that the contract allows.
 *
 * <p>A predicate sees every operation before it takes effect, in the thread that makes it. One that
 * waits is a barrier, and one that answers no and only remembers is a record.
 */
public final class FaultyBlobData implements BlobData {
  /** What can fail. */
  public enum Operation {
    /** {@link BlobData#stage}: nothing is begun. */
    STAGE,
    /** {@link BlobData#reopen}: the staging stays as it was. */
    REOPEN,
    /** {@link BlobData#place} before anything is placed: the bytes are discarded. */
    PLACE_BEFORE_EFFECT,
    /** {@link BlobData#place} after the bytes are durable; the caller just does not hear of it. */
    PLACE_AFTER_EFFECT,
    /** {@link BlobData#open}. */
    OPEN,
    /** {@link BlobData#directUrl}. */
    DIRECT_URL,
    /** {@link BlobData#delete}: the bytes stay. */
    DELETE,
    /** {@link BlobData#placements}. */
    PLACEMENTS,
    /** {@link BlobData#stagings}. */
    STAGINGS,
    /** {@link BlobData#discard}: the bytes stay. */
    DISCARD,
    /** {@link BlobData#close}: it is closed all the same. */
    CLOSE,
    /** {@link Staging#write}: the first half is written. */
    STAGING_WRITE,
    /** {@link Staging#read}. */
    STAGING_READ,
    /** {@link Staging#truncate}: from then on the staging is good only to be discarded. */
    STAGING_TRUNCATE,
    /** {@link Staging#discard}: the staging is closed and the bytes stay. */
    STAGING_DISCARD,
    /** {@link Staging#close}, which forces: the bytes are discarded. */
    STAGING_CLOSE
  }

  /**
   * An operation that is about to take effect.
   *
   * @param operation what it is
   * @param number how many of its kind there have been, with this one
   * @param subject the upload or placement that it is about; empty for lists and the store itself
   */
  public record Call(Operation operation, int number, String subject) {}

  private final BlobData inner;
  private final Map<Operation, AtomicInteger> counts = new EnumMap<>(Operation.class);
  private final List<Predicate<? super Call>> faults = new CopyOnWriteArrayList<>();

  /** Wraps blob data that does not fail until it is told to. */
  public FaultyBlobData(BlobData inner) {
    this.inner = inner;
    for (Operation operation : Operation.values()) {
      counts.put(operation, new AtomicInteger());
    }
  }

  /** Lets the nth operation of a kind fail, counted from now: 1 is the next. */
  public void failNth(Operation operation, int nth) {
    int number = count(operation) + nth;
    failWhen(call -> call.operation() == operation && call.number() == number);
  }

  /** Lets every operation of a kind fail from now on. */
  public void failEvery(Operation operation) {
    failWhen(call -> call.operation() == operation);
  }

  /** Lets operations fail for which this answers yes. */
  public void failWhen(Predicate<? super Call> fault) {
    faults.add(fault);
  }

  /** Forgets every fault; what has failed stays failed. */
  public void heal() {
    faults.clear();
  }

  /** How many operations of a kind there have been, failed ones included. */
  public int count(Operation operation) {
    return counter(operation).get();
  }

  @Override
  public Staging stage(UploadId id) throws IOException {
    check(Operation.STAGE, id);
    return new FaultyStaging(inner.stage(id));
  }

  @Override
  public Optional<Staging> reopen(UploadId id, StagingState state) throws IOException {
    check(Operation.REOPEN, id);
    return inner.reopen(id, state).map(FaultyStaging::new);
  }

  @Override
  public Placement place(Staging staging, Digest digest) throws IOException {
    if (!(staging instanceof FaultyStaging faulty)) {
      throw new IllegalArgumentException("not a staging of this instance");
    }
    if (faulty.closed) {
      throw new ClosedChannelException();
    }
    faulty.end();
    try {
      faulty.requireWhole();
      check(Operation.PLACE_BEFORE_EFFECT, staging.id());
    } catch (IOException e) {
      faulty.delegate.discard();
      throw e;
    }
    Placement placement = inner.place(faulty.delegate, digest);
    check(Operation.PLACE_AFTER_EFFECT, placement);
    return placement;
  }

  @Override
  public SeekableByteChannel open(Placement placement) throws IOException {
    check(Operation.OPEN, placement);
    return inner.open(placement);
  }

  @Override
  public Optional<URI> directUrl(Placement placement) throws IOException {
    check(Operation.DIRECT_URL, placement);
    return inner.directUrl(placement);
  }

  @Override
  public void delete(Placement placement) throws IOException {
    check(Operation.DELETE, placement);
    inner.delete(placement);
  }

  @Override
  public List<Placement> placements(Optional<Placement> after, int limit) throws IOException {
    check(Operation.PLACEMENTS, "");
    return inner.placements(after, limit);
  }

  @Override
  public List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException {
    check(Operation.STAGINGS, "");
    return inner.stagings(after, limit);
  }

  @Override
  public void discard(UploadId id) throws IOException {
    check(Operation.DISCARD, id);
    inner.discard(id);
  }

  @Override
  public PlacedAs placedAs(Placement placement) throws IOException {
    return inner.placedAs(placement);
  }

  @Override
  public void close() throws IOException {
    try (inner) {
      check(Operation.CLOSE, "");
    }
  }

  private void check(Operation operation, Object subject) throws IOException {
    Call call = new Call(operation, counter(operation).incrementAndGet(), subject.toString());
    boolean fails = false;
    for (Predicate<? super Call> fault : faults) {
      fails |= fault.test(call);
    }
    if (fails) {
      throw new IOException("a fault that a test asked for: " + call);
    }
  }

  private AtomicInteger counter(Operation operation) {
    AtomicInteger counter = counts.get(operation);
    if (counter == null) {
      throw new IllegalStateException("every operation is counted: " + operation);
    }
    return counter;
  }

  private final class FaultyStaging implements Staging {
    private final Staging delegate;
    private boolean broken;
    private boolean closed;
    private boolean gone;

    FaultyStaging(Staging delegate) {
      this.delegate = delegate;
    }

    @Override
    public UploadId id() {
      return delegate.id();
    }

    @Override
    public long size() {
      return delegate.size();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      requireWhole();
      try {
        check(Operation.STAGING_WRITE, id());
      } catch (IOException e) {
        ByteBuffer half = source.duplicate();
        half.limit(source.position() + source.remaining() / 2);
        delegate.write(half);
        source.position(half.position());
        throw e;
      }
      delegate.write(source);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      requireWhole();
      check(Operation.STAGING_READ, id());
      return delegate.read(target, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      requireWhole();
      try {
        check(Operation.STAGING_TRUNCATE, id());
      } catch (IOException e) {
        broken = true;
        throw e;
      }
      delegate.truncate(size);
    }

    @Override
    public StagingState state() {
      return delegate.state();
    }

    @Override
    public void discard() throws IOException {
      if (gone) {
        return;
      }
      end();
      try {
        check(Operation.STAGING_DISCARD, id());
      } catch (IOException e) {
        delegate.close();
        throw e;
      }
      delegate.discard();
    }

    @Override
    public void close() throws IOException {
      if (closed) {
        return;
      }
      closed = true;
      if (broken) {
        end();
        delegate.discard();
        return;
      }
      try {
        check(Operation.STAGING_CLOSE, id());
      } catch (IOException e) {
        end();
        delegate.discard();
        throw e;
      }
      delegate.close();
    }

    void end() {
      closed = true;
      gone = true;
    }

    void requireWhole() throws IOException {
      if (broken) {
        throw new ClosedChannelException();
      }
    }
  }
}
