package dev.stowage.adapter.fs;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blob data in a directory: one file for each blob, named by its digest and the upload that it came
 * from.
 *
 * <p>One opening at a time has the directory, among all processes of all machines that share it.
 * Channels of blobs are plain {@link FileChannel}s over the whole file, for reading only.
 *
 * <p>No interrupt of a writing thread is taken for a failure; see the package. When a force of a
 * directory fails the store is read-only, refusing {@link #stage} and {@link #place} with an {@link
 * IOException}, until an attempt of one of these finds the directory sound again.
 *
 * <p>Whoever closes the store has closed its stagings before: the next holder of the directory may
 * reopen them.
 */
public final class FileBlobData implements BlobData {
  private static final Logger LOG = LoggerFactory.getLogger(FileBlobData.class);

  private final Layout layout;
  private final String bootId;
  private final Forcing forcing;
  private final WriteGuard guard;
  private final Listing listing;
  private final DirectoryLock lock;
  private volatile boolean closed;

  private FileBlobData(Layout layout, String bootId, Forcing forcing, DirectoryLock lock) {
    this.layout = layout;
    this.bootId = bootId;
    this.forcing = forcing;
    this.lock = lock;
    this.guard = new WriteGuard(layout.root(), forcing);
    this.listing = new Listing(layout);
  }

  /**
   * Opens a directory of blobs, which is made if it is absent.
   *
   * @param root the directory
   * @param options how to treat it
   * @throws DirectoryInUseException if somebody has it open
   * @throws IOException if it is in a format that this version does not read, or cannot be opened
   */
  public static FileBlobData open(Path root, FileOptions options) throws IOException {
    return open(root, options, Forcing.of(options));
  }

  static FileBlobData open(Path root, FileOptions options, Forcing forcing) throws IOException {
    Layout layout = new Layout(root);
    StoreFormat.makeDirectory(root, forcing);
    DirectoryLock lock = DirectoryLock.take(layout);
    try {
      new StoreFormat(layout, forcing).prepare();
      String bootId = BootId.of(options, BootId.LINUX);
      FileBlobData data = new FileBlobData(layout, bootId, forcing, lock);
      data.removeEmptyBoots();
      return data;
    } catch (IOException | RuntimeException | Error e) {
      try (lock) {
        throw e;
      }
    }
  }

  @Override
  public Staging stage(UploadId id) throws IOException {
    requireOpen();
    guard.requireWritable();
    Path path = layout.staging(bootId, id);
    create(path);
    try {
      return StagingFile.open(id, path, forcing);
    } catch (IOException | RuntimeException | Error e) {
      deleteAfter(e, path);
      throw e;
    }
  }

  @Override
  public Optional<Staging> reopen(UploadId id, StagingState state) throws IOException {
    requireOpen();
    Path path = layout.staging(bootId, id);
    return Layout.exists(path)
        ? Optional.of(StagingFile.open(id, path, forcing))
        : Optional.empty();
  }

  @Override
  public Placement place(Staging staging, Digest digest) throws IOException {
    if (!(staging instanceof StagingFile file) || !file.liesIn(layout.uploads())) {
      throw new IllegalArgumentException("not a staging of " + layout.root());
    }
    requireOpen();
    if (file.isClosed()) {
      // Its bytes may be somebody else's by now.
      throw new ClosedChannelException();
    }
    try {
      if (!digest.isCanonical()) {
        throw new IllegalArgumentException("not a canonical digest: " + digest);
      }
      guard.requireWritable();
      Placement placement = Layout.placement(digest, file.id());
      file.seal();
      move(file, layout.file(placement));
      return placement;
    } catch (IOException | RuntimeException | Error e) {
      file.discardAfter(e);
      throw e;
    }
  }

  private void move(StagingFile file, Path target) throws IOException {
    try (DirectorySync directory = forcing.openDirectory(Layout.directoryOf(target))) {
      file.moveTo(target);
      force(directory, target);
    } catch (IOException | RuntimeException | Error e) {
      deleteAfter(e, target);
      throw e;
    }
  }

  private void force(DirectorySync directory, Path target) throws IOException {
    try {
      directory.force();
    } catch (IOException e) {
      guard.forceFailed(target, e);
      throw e;
    }
  }

  @Override
  public FileChannel open(Placement placement) throws IOException {
    requireOpen();
    return FileChannel.open(layout.file(placement), StandardOpenOption.READ);
  }

  @Override
  public void delete(Placement placement) throws IOException {
    requireOpen();
    Files.deleteIfExists(layout.file(placement));
  }

  @Override
  public List<Placement> placements(Optional<Placement> after, int limit) throws IOException {
    requireOpen();
    return listing.placements(after, limit);
  }

  @Override
  public List<UploadId> stagings(Optional<UploadId> after, int limit) throws IOException {
    requireOpen();
    return listing.stagings(after, limit);
  }

  @Override
  public void discard(UploadId id) throws IOException {
    requireOpen();
    for (Path boot : listing.boots()) {
      Files.deleteIfExists(boot.resolve(id.toString()));
    }
  }

  @Override
  public PlacedAs placedAs(Placement placement) throws IOException {
    return Layout.placedAs(placement);
  }

  /** Gives the directory up. A second call does nothing. */
  @Override
  public void close() throws IOException {
    closed = true;
    lock.close();
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the store in " + layout.root() + " is closed");
    }
  }

  private static void create(Path staging) throws IOException {
    try {
      Files.createFile(staging);
    } catch (NoSuchFileException firstOfThisBoot) {
      Files.createDirectories(Layout.directoryOf(staging));
      Files.createFile(staging);
    }
  }

  /** Nobody but this opening can be in these directories now, so nobody misses an empty one. */
  private void removeEmptyBoots() throws IOException {
    for (Path boot : listing.boots()) {
      try {
        Files.delete(boot);
      } catch (DirectoryNotEmptyException e) {
        LOG.debug("{} has stagings left", boot);
      }
    }
  }

  private static void deleteAfter(Throwable failure, Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
