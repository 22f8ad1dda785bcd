package dev.stowage.adapter.fs;

import dev.stowage.spi.Health;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntFunction;

/**
 * What is under a store: what it refuses beforehand, what a failure of it means, and how it comes
 * round by itself.
 */
final class Medium implements Closeable {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final Object SPACE = "free space";
  private static final long LEAST_WRITABLE = 64 << 10;

  private final Layout layout;
  private final Disk disk;
  private final Repairs repairs;
  private final WriteGuard guard;
  private final FreeSpace space;

  /**
   * The medium of a directory that this process has for itself.
   *
   * @param reserve the free space that is not to be taken by uploads, in bytes
   * @param pauses see {@link Repairs}
   */
  Medium(Layout layout, Disk disk, long reserve, IntFunction<Duration> pauses) {
    this.layout = layout;
    this.disk = disk;
    this.repairs = new Repairs(pauses);
    this.guard = new WriteGuard(layout.root(), disk, repairs);
    Ballast ballast = new Ballast(layout.ballast(), disk, reserve);
    this.space = new FreeSpace(layout.root(), disk, reserve, ballast, System::nanoTime);
    if (reserve > 0) {
      // At once, since the facts may need the ballast's space to be opened.
      space.look();
      repairs.every(BETWEEN_LOOKS, space::look);
    }
  }

  Disk disk() {
    return disk;
  }

  /**
   * Lets bytes in.
   *
   * @throws StoreReadOnlyException if the store is read-only
   * @throws NoSpaceException if they would take of the reserve
   */
  void require(long bytes) throws IOException {
    guard.requireWritable();
    space.require(bytes);
  }

  /**
   * Lets bytes that are there be kept.
   *
   * @throws StoreReadOnlyException if the store is read-only
   */
  void requireWritable() throws StoreReadOnlyException {
    guard.requireWritable();
  }

  /** Forces a directory after a file in it was given its name; a failure is final. */
  void force(DirectorySync directory, Path placed) throws IOException {
    try {
      directory.force();
    } catch (IOException e) {
      guard.forceFailed(placed, e);
      throw e;
    }
    guard.requireSound(Layout.directoryOf(placed));
  }

  /** A failed change as the port tells it, after what follows from it was set going. */
  IOException explained(IOException failure) {
    if (failure instanceof StoreReadOnlyException || failure instanceof NoSpaceException) {
      return failure;
    }
    return switch (kind(failure)) {
      case FULL -> full(failure);
      case READ_ONLY -> refused(failure);
      case OTHER -> failure;
    };
  }

  private IOException full(IOException failure) {
    space.ranOut();
    repairs.add(SPACE, this::lookForSpace);
    return new NoSpaceException("the disk is full", failure);
  }

  private IOException refused(IOException failure) {
    guard.refused(layout.uploads(), failure);
    IOException refused = new StoreReadOnlyException(String.valueOf(failure.getMessage()));
    refused.initCause(failure);
    return refused;
  }

  /** Removes a file because of a failure, which is told first; now or as soon as it can be. */
  void removeAfter(Throwable failure, Path file) {
    try {
      disk.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
      removeLater(file);
    }
  }

  /** Removes a file that could not be removed as soon as it can be. */
  void removeLater(Path file) {
    repairs.add(file, () -> disk.deleteIfExists(file));
  }

  /** Says that a file is wanted again that may be about to be removed. */
  void keep(Path file) {
    repairs.forget(file);
  }

  Health health() {
    return guard
        .reason()
        .or(space::shortage)
        .<Health>map(Health.ReadOnly::new)
        .orElseGet(Health.Writable::new);
  }

  @Override
  public void close() {
    repairs.close();
  }

  /** The text may be in any language, so a disk that has nothing left is full whatever it says. */
  private MediumError kind(IOException failure) {
    MediumError kind = MediumError.of(failure);
    try {
      return kind == MediumError.OTHER && disk.usableSpace(layout.root()) < LEAST_WRITABLE
          ? MediumError.FULL
          : kind;
    } catch (IOException e) {
      return kind;
    }
  }

  private void lookForSpace() throws IOException {
    space.look();
    if (space.shortage().isPresent()) {
      throw new IOException("there is no space yet");
    }
  }
}
