package dev.stowage.contract;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Blob data in memory: the port's meaning without a medium.
 *
 * <p>{@link #afterKill} and {@link #afterBoot} stand for the end of the process and of the machine:
 * they yield a successor over the same medium, and this instance is closed to everybody who still
 * holds it.
 */
public final class InMemoryBlobData implements BlobData {
  private final Medium medium;
  private volatile boolean closed;

  /** A medium with nothing on it. */
  public InMemoryBlobData() {
    this(new Medium());
  }

  private InMemoryBlobData(Medium medium) {
    this.medium = medium;
  }

  /** What the next process finds, whether this one was closed or killed: blobs and stagings. */
  public InMemoryBlobData afterKill() {
    closed = true;
    return new InMemoryBlobData(medium);
  }

  /**
   * What a process finds after a boot of the machine: blobs, and stagings that are only good to be
   * discarded.
   */
  public InMemoryBlobData afterBoot() {
    medium.lost.putAll(medium.stagings);
    medium.stagings.clear();
    return afterKill();
  }

  @Override
  public Staging stage(UploadId id) throws IOException {
    requireOpen();
    Bytes bytes = new Bytes();
    if (medium.stagings.putIfAbsent(id, bytes) != null) {
      throw new FileAlreadyExistsException(id.toString());
    }
    return new MemoryStaging(id, bytes);
  }

  @Override
  public Optional<Staging> reopen(UploadId id, StagingState state) throws IOException {
    requireOpen();
    return Optional.ofNullable(medium.stagings.get(id)).map(bytes -> new MemoryStaging(id, bytes));
  }

  @Override
  public Placement place(Staging staging, Digest digest) throws IOException {
    if (!(staging instanceof MemoryStaging ours) || ours.owner() != this) {
      throw new IllegalArgumentException("not a staging of this instance");
    }
    if (!ours.open) {
      throw new ClosedChannelException();
    }
    try {
      if (!digest.isCanonical()) {
        throw new IllegalArgumentException("not a canonical digest: " + digest);
      }
      ours.requireUsable();
      Placement placement = new Placement(digest.hex() + "." + ours.id());
      medium.blobs.put(placement, ours.bytes.toByteArray());
      return placement;
    } finally {
      ours.discard();
    }
  }

  @Override
  public SeekableByteChannel open(Placement placement) throws IOException {
    requireOpen();
    byte[] content = medium.blobs.get(placement);
    if (content == null) {
      throw new NoSuchFileException(placement.value());
    }
    return new MemoryChannel(content);
  }

  @Override
  public void delete(Placement placement) throws IOException {
    requireOpen();
    medium.blobs.remove(placement);
  }

  @Override
  public List<Placement> placements(Optional<Placement> after, int limit) throws IOException {
    requireOpen();
    return page(medium.blobs, after, limit);
  }

  @Override
  public List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException {
    requireOpen();
    NavigableMap<UploadId, Bytes> all = new ConcurrentSkipListMap<>(medium.stagings);
    all.putAll(medium.lost);
    return page(all, after, limit);
  }

  @Override
  public void discard(UploadId id) throws IOException {
    requireOpen();
    medium.stagings.remove(id);
    medium.lost.remove(id);
  }

  @Override
  public PlacedAs placedAs(Placement placement) throws IOException {
    String[] parts = placement.value().split("\\.", 2);
    return new PlacedAs(
        new Digest(DigestAlgorithm.SHA256, parts[0]), new UploadId(UUID.fromString(parts[1])));
  }

  /** Puts other bytes where a blob's bytes lie, as a medium may; no bytes are a file lost. */
  public void damage(Placement placement, Optional<byte[]> bytes) {
    if (bytes.isPresent()) {
      medium.blobs.put(placement, bytes.get().clone());
    } else {
      medium.blobs.remove(placement);
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the store is closed");
    }
  }

  private static <K> List<K> page(NavigableMap<K, ?> all, Optional<K> after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a page has at least one item: " + limit);
    }
    NavigableSet<K> keys = all.navigableKeySet();
    Set<K> rest = after.isPresent() ? keys.tailSet(after.get(), false) : keys;
    return rest.stream().limit(limit).toList();
  }

  /** What outlives the instances. */
  private static final class Medium {
    final NavigableMap<Placement, byte[]> blobs = new ConcurrentSkipListMap<>();
    final NavigableMap<UploadId, Bytes> stagings = new ConcurrentSkipListMap<>();
    final NavigableMap<UploadId, Bytes> lost = new ConcurrentSkipListMap<>();
  }

  /** Bytes that can be cut back. */
  private static final class Bytes extends ByteArrayOutputStream {
    synchronized void cut(int size) {
      count = size;
    }

    synchronized int read(ByteBuffer target, long position) {
      if (position >= count) {
        return -1;
      }
      int length = (int) Math.min(target.remaining(), count - position);
      target.put(buf, (int) position, length);
      return length;
    }
  }

  private final class MemoryStaging implements Staging {
    private final UploadId id;
    private final Bytes bytes;
    private boolean open = true;

    MemoryStaging(UploadId id, Bytes bytes) {
      this.id = id;
      this.bytes = bytes;
    }

    InMemoryBlobData owner() {
      return InMemoryBlobData.this;
    }

    @Override
    public UploadId id() {
      return id;
    }

    @Override
    public long size() {
      return bytes.size();
    }

    @Override
    public void write(ByteBuffer source) throws IOException {
      requireUsable();
      byte[] content = new byte[source.remaining()];
      source.get(content);
      bytes.writeBytes(content);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      requireUsable();
      if (position < 0) {
        throw new IllegalArgumentException("a position is not negative: " + position);
      }
      return bytes.read(target, position);
    }

    @Override
    public void truncate(long size) throws IOException {
      requireUsable();
      if (size < 0 || size > bytes.size()) {
        throw new IllegalArgumentException("cannot cut " + bytes.size() + " bytes to " + size);
      }
      bytes.cut((int) size);
    }

    @Override
    public StagingState state() {
      return StagingState.NONE;
    }

    @Override
    public void discard() {
      open = false;
      // A process that has ended removes nothing.
      if (!closed) {
        medium.stagings.remove(id, bytes);
      }
    }

    @Override
    public void close() {
      open = false;
    }

    void requireUsable() throws IOException {
      requireOpen();
      if (!open) {
        throw new ClosedChannelException();
      }
    }
  }
}
