package dev.stowage.adapter.fs;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.Health;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
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
 * directory fails, or the file system is found to take no changes, the store is read-only until it
 * has found the directory sound again, which it tries by itself: staging, writing and placing are
 * refused with a {@link dev.stowage.spi.StoreReadOnlyException}. Where the disk is full, or the
 * options reserve space that would be taken, staging and writing are refused with a {@link
 * dev.stowage.spi.NoSpaceException}. All other failures concern one staging only. What cannot be
 * removed because of a failure is removed as soon as it can be.
 *
 * <p>Whoever closes the store has closed its stagings before: the next holder of the directory may
 * reopen them.
 */
public final class FileBlobData implements BlobData {
  private static final Logger LOG = LoggerFactory.getLogger(FileBlobData.class);

  private final Layout layout;
  private final String bootId;
  private final Disk disk;
  private final Medium medium;
  private final Listing listing;
  private final DirectoryLock lock;
  private volatile boolean closed;

  private FileBlobData(Layout layout, String bootId, Medium medium, DirectoryLock lock) {
    this.layout = layout;
    this.bootId = bootId;
    this.disk = medium.disk();
    this.lock = lock;
    this.medium = medium;
    this.listing = new Listing(layout, disk);
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
    return open(root, options, Disk.of(options), Repairs.backOff());
  }

  static FileBlobData open(Path root, FileOptions options, Disk disk, IntFunction<Duration> pauses)
      throws IOException {
    Layout layout = new Layout(root);
    StoreFormat.makeDirectory(root, disk);
    DirectoryLock lock = DirectoryLock.take(layout, disk);
    try {
      new StoreFormat(layout, disk).prepare();
      removeEmptyBoots(new Listing(layout, disk), disk);
      String bootId = BootId.of(options, BootId.LINUX);
      return new FileBlobData(
          layout, bootId, new Medium(layout, disk, options.reserve(), pauses), lock);
    } catch (IOException | RuntimeException | Error e) {
      try (lock) {
        throw e;
      }
    }
  }

  @Override
  public Staging stage(UploadId id) throws IOException {
    requireOpen();
    medium.require(0);
    Path path = layout.staging(bootId, id);
    medium.keep(path);
    try {
      create(path);
      return StagingFile.open(id, path, medium);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException e) {
      medium.removeAfter(e, path);
      throw medium.explained(e);
    } catch (RuntimeException | Error e) {
      medium.removeAfter(e, path);
      throw e;
    }
  }

  @Override
  public Optional<Staging> reopen(UploadId id, StagingState state) throws IOException {
    requireOpen();
    Path path = layout.staging(bootId, id);
    try {
      return disk.exists(path) ? Optional.of(StagingFile.open(id, path, medium)) : Optional.empty();
    } catch (IOException e) {
      throw medium.explained(e);
    }
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
      medium.requireWritable();
      Placement placement = Layout.placement(digest, file.id());
      file.seal();
      move(file, layout.file(placement));
      return placement;
    } catch (IOException e) {
      file.discardAfter(e);
      throw medium.explained(e);
    } catch (RuntimeException | Error e) {
      file.discardAfter(e);
      throw e;
    }
  }

  private void move(StagingFile file, Path target) throws IOException {
    try (DirectorySync directory = disk.openDirectory(Layout.directoryOf(target))) {
      file.moveTo(target);
      medium.force(directory, target);
    } catch (IOException | RuntimeException | Error e) {
      medium.removeAfter(e, target);
      throw e;
    }
  }

  @Override
  public FileChannel open(Placement placement) throws IOException {
    requireOpen();
    return disk.openForReading(layout.file(placement));
  }

  @Override
  public void delete(Placement placement) throws IOException {
    requireOpen();
    delete(layout.file(placement));
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
      delete(boot.resolve(id.toString()));
    }
  }

  @Override
  public Health health() {
    return medium.health();
  }

  @Override
  public void requireWritable() throws IOException {
    requireOpen();
    medium.require(0);
  }

  @Override
  public PlacedAs placedAs(Placement placement) throws IOException {
    return Layout.placedAs(placement);
  }

  /** Gives the directory up. A second call does nothing. */
  @Override
  public void close() throws IOException {
    closed = true;
    medium.close();
    lock.close();
  }

  private void requireOpen() throws IOException {
    if (closed) {
      throw new IOException("the store in " + layout.root() + " is closed");
    }
  }

  private void create(Path staging) throws IOException {
    try {
      disk.createFile(staging);
    } catch (NoSuchFileException firstOfThisBoot) {
      createBoot(Layout.directoryOf(staging));
      disk.createFile(staging);
    }
  }

  private void delete(Path file) throws IOException {
    try {
      disk.deleteIfExists(file);
    } catch (IOException e) {
      throw medium.explained(e);
    }
  }

  private void createBoot(Path directory) throws IOException {
    try {
      disk.createDirectory(directory);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another thread meanwhile", directory);
    }
  }

  /** Nobody but this opening can be in these directories now, so nobody misses an empty one. */
  private static void removeEmptyBoots(Listing listing, Disk disk) throws IOException {
    for (Path boot : listing.boots()) {
      try {
        disk.delete(boot);
      } catch (DirectoryNotEmptyException e) {
        LOG.debug("{} has stagings left", boot);
      } catch (IOException e) {
        LOG.warn("{} is not removed though it may be empty: {}", boot, e.toString());
      }
    }
  }
}
