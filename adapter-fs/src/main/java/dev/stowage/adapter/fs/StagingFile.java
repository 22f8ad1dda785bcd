package dev.stowage.adapter.fs;

import dev.stowage.blob.UploadId;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;

/**
 * A staging in a file of its own.
 *
 * <p>The file is a {@link RandomAccessFile} because an interrupt does not close one: an interrupted
 * thread finishes its write, and the force is made through the file that wrote.
 */
final class StagingFile implements Staging {
  private static final int CHUNK = 64 * 1024;

  private enum Phase {
    OPEN,
    /** A cut failed, so nobody knows the length. */
    BROKEN,
    /** The file is closed and the bytes are kept. */
    CLOSED,
    /** The bytes are discarded, or are a blob now. */
    GONE
  }

  private final UploadId id;
  private final Path path;
  private final RandomAccessFile file;
  private final Medium medium;
  private Phase phase = Phase.OPEN;
  private long size;
  private boolean unforced;

  private StagingFile(UploadId id, Path path, RandomAccessFile file, long size, Medium medium) {
    this.id = id;
    this.path = path;
    this.file = file;
    this.size = size;
    this.medium = medium;
  }

  /** Opens a file that exists, to go on at its end. */
  static StagingFile open(UploadId id, Path path, Medium medium) throws IOException {
    RandomAccessFile file = medium.disk().openFile(path, "rw");
    try {
      return new StagingFile(id, path, file, file.length(), medium);
    } catch (IOException | RuntimeException | Error e) {
      try (file) {
        throw e;
      }
    }
  }

  @Override
  public UploadId id() {
    return id;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void write(ByteBuffer source) throws IOException {
    requireUsable();
    medium.require(source.remaining());
    unforced = true;
    try {
      file.seek(size);
      if (source.hasArray()) {
        writeArray(source);
      } else {
        writeCopied(source);
      }
    } catch (IOException e) {
      measure(e);
      throw medium.explained(e);
    }
  }

  private void writeArray(ByteBuffer source) throws IOException {
    while (source.hasRemaining()) {
      int length = Math.min(CHUNK, source.remaining());
      file.write(source.array(), source.arrayOffset() + source.position(), length);
      source.position(source.position() + length);
      size += length;
    }
  }

  private void writeCopied(ByteBuffer source) throws IOException {
    byte[] chunk = new byte[Math.min(CHUNK, source.remaining())];
    while (source.hasRemaining()) {
      int length = Math.min(CHUNK, source.remaining());
      source.get(chunk, 0, length);
      file.write(chunk, 0, length);
      size += length;
    }
  }

  /** After a write that failed midway, the file says how far it came. */
  private void measure(IOException failure) {
    try {
      size = file.length();
    } catch (IOException e) {
      phase = Phase.BROKEN;
      failure.addSuppressed(e);
    }
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    requireUsable();
    if (position < 0) {
      throw new IllegalArgumentException("a position is not negative: " + position);
    }
    if (position >= size) {
      return -1;
    }
    int wanted = (int) Math.min(target.remaining(), size - position);
    file.seek(position);
    byte[] chunk = new byte[Math.min(CHUNK, wanted)];
    int read = 0;
    while (read < wanted) {
      int length = Math.min(chunk.length, wanted - read);
      file.readFully(chunk, 0, length);
      target.put(chunk, 0, length);
      read += length;
    }
    return read;
  }

  @Override
  public void truncate(long newSize) throws IOException {
    requireUsable();
    if (newSize < 0 || newSize > size) {
      throw new IllegalArgumentException("cannot cut " + size + " bytes back to " + newSize);
    }
    unforced = true;
    try {
      file.setLength(newSize);
      size = newSize;
    } catch (IOException e) {
      phase = Phase.BROKEN;
      throw medium.explained(e);
    }
  }

  @Override
  public StagingState state() {
    return StagingState.NONE;
  }

  /** Whether the file is somewhere in a directory. */
  boolean liesIn(Path directory) {
    return path.startsWith(directory);
  }

  boolean isClosed() {
    return phase == Phase.CLOSED || phase == Phase.GONE;
  }

  /**
   * Forces the bytes and closes the file, so that it can be renamed. After a failure the staging is
   * only good to be discarded.
   */
  void seal() throws IOException {
    requireUsable();
    // Always: an earlier process may have been killed before it forced what it wrote.
    medium.disk().forceFile(file);
    file.close();
    phase = Phase.CLOSED;
  }

  /** Moves a sealed file to its final name. */
  void moveTo(Path target) throws IOException {
    medium.disk().rename(path, target);
    phase = Phase.GONE;
  }

  @Override
  public void discard() throws IOException {
    if (phase == Phase.GONE) {
      return;
    }
    phase = Phase.GONE;
    try (file) {
      medium.disk().deleteIfExists(path);
    } catch (IOException e) {
      medium.removeLater(path);
      throw medium.explained(e);
    }
  }

  /** Discards because of a failure, which is told first. */
  void discardAfter(Throwable failure) {
    try {
      discard();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (phase == Phase.BROKEN) {
      discard();
    }
    if (phase != Phase.OPEN) {
      return;
    }
    try {
      if (unforced) {
        medium.disk().forceFile(file);
      }
      file.close();
      phase = Phase.CLOSED;
    } catch (IOException e) {
      discardAfter(e);
      throw medium.explained(e);
    } catch (RuntimeException | Error e) {
      discardAfter(e);
      throw e;
    }
  }

  private void requireUsable() throws IOException {
    if (phase == Phase.BROKEN) {
      throw new IOException("the staging of upload " + id + " could not be cut back");
    }
    if (isClosed()) {
      throw new ClosedChannelException();
    }
  }
}
