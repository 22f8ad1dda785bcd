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
import java.nio.channels.SeekableByteChannel;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blob data that knows which of its channels and stagings are still open, and who opened them.
 *
 * <p>Channels are handed on as they are, so that a file stays a file; stagings are wrapped.
 */
public final class LeakTrackingBlobData implements BlobData {
  private final BlobData inner;
  private final Map<SeekableByteChannel, Throwable> channels = new ConcurrentHashMap<>();
  private final Map<Staging, Throwable> stagings = new ConcurrentHashMap<>();

  /** Watches blob data. */
  public LeakTrackingBlobData(BlobData inner) {
    this.inner = inner;
  }

  /** How many channels of blobs are open. */
  public int openChannels() {
    channels.keySet().removeIf(channel -> !channel.isOpen());
    return channels.size();
  }

  /** How many stagings are open. */
  public int openStagings() {
    return stagings.size();
  }

  /**
   * Fails if a channel or a staging is open.
   *
   * @throws AssertionError that tells, as suppressed exceptions, where each was opened
   */
  public void assertNothingOpen() {
    int open = openChannels() + openStagings();
    if (open > 0) {
      AssertionError error =
          new AssertionError(openChannels() + " channels and " + openStagings() + " stagings open");
      addAll(error, channels.values());
      addAll(error, stagings.values());
      throw error;
    }
  }

  @Override
  public Staging stage(UploadId id) throws IOException {
    return tracked(inner.stage(id));
  }

  @Override
  public Optional<Staging> reopen(UploadId id, StagingState state) throws IOException {
    return inner.reopen(id, state).map(this::tracked);
  }

  @Override
  public Placement place(Staging staging, Digest digest) throws IOException {
    if (!(staging instanceof TrackedStaging tracked)) {
      throw new IllegalArgumentException("not a staging of this instance");
    }
    try {
      return inner.place(tracked.delegate, digest);
    } finally {
      stagings.remove(staging);
    }
  }

  @Override
  public SeekableByteChannel open(Placement placement) throws IOException {
    SeekableByteChannel channel = inner.open(placement);
    channels.keySet().removeIf(earlier -> !earlier.isOpen());
    channels.put(channel, new Throwable("a channel of " + placement));
    return channel;
  }

  @Override
  public Optional<URI> directUrl(Placement placement) throws IOException {
    return inner.directUrl(placement);
  }

  @Override
  public void delete(Placement placement) throws IOException {
    inner.delete(placement);
  }

  @Override
  public List<Placement> placements(Optional<Placement> after, int limit) throws IOException {
    return inner.placements(after, limit);
  }

  @Override
  public List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException {
    return inner.stagings(after, limit);
  }

  @Override
  public void discard(UploadId id) throws IOException {
    inner.discard(id);
  }

  @Override
  public PlacedAs placedAs(Placement placement) throws IOException {
    return inner.placedAs(placement);
  }

  @Override
  public void close() throws IOException {
    inner.close();
  }

  private Staging tracked(Staging staging) {
    Staging tracked = new TrackedStaging(staging);
    stagings.put(tracked, new Throwable("a staging of " + staging.id()));
    return tracked;
  }

  private static void addAll(AssertionError error, Collection<Throwable> openings) {
    openings.forEach(error::addSuppressed);
  }

  private final class TrackedStaging implements Staging {
    private final Staging delegate;

    TrackedStaging(Staging delegate) {
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
      delegate.write(source);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return delegate.read(target, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      delegate.truncate(size);
    }

    @Override
    public StagingState state() {
      return delegate.state();
    }

    @Override
    public void discard() throws IOException {
      stagings.remove(this);
      delegate.discard();
    }

    @Override
    public void close() throws IOException {
      stagings.remove(this);
      delegate.close();
    }
  }
}
