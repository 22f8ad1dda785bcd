package dev.stowage.adapter.fs;

import dev.stowage.spi.NoSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses bytes before the disk is full, while some space is left for facts and deletions.
 *
 * <p>What the system says is remembered for a second or some megabytes, whichever comes first.
 */
final class FreeSpace {
  private static final Logger LOG = LoggerFactory.getLogger(FreeSpace.class);
  private static final long REMEMBERED_NANOS = 1_000_000_000;
  private static final long MOST_TAKEN_UNSEEN = 16 << 20;
  private static final int PART_OF_RESERVE = 16;

  /** What has to be free before a disk that was full counts as one that is not. */
  private static final long SOME = 1 << 20;

  private record Look(long usable, long at) {}

  private final Path root;
  private final Disk disk;
  private final long reserve;
  private final Ballast ballast;
  private final LongSupplier nanoTime;
  private final AtomicLong takenSince = new AtomicLong();
  private volatile @Nullable Look last;
  private volatile @Nullable String shortage;

  /** The free space of a directory, of which some bytes are reserved. */
  FreeSpace(Path root, Disk disk, long reserve, Ballast ballast, LongSupplier nanoTime) {
    this.root = root;
    this.disk = disk;
    this.reserve = reserve;
    this.ballast = ballast;
    this.nanoTime = nanoTime;
  }

  /**
   * Lets bytes in.
   *
   * @throws NoSpaceException if they would take of the reserve
   */
  void require(long bytes) throws NoSpaceException {
    if (reserve == 0) {
      return;
    }
    long taken = takenSince.addAndGet(bytes);
    Look look = last;
    if (look == null || isStale(look, taken) || look.usable() - taken < reserve) {
      look();
      look = last;
      taken = bytes;
    }
    if (look != null && look.usable() - taken < reserve) {
      throw new NoSpaceException(begin(described(look.usable())));
    }
  }

  /** Says that the system refused to write for want of space. */
  void ranOut() {
    begin("the disk is full");
    try {
      ballast.free();
    } catch (IOException e) {
      LOG.warn("the disk under {} is full, and its ballast cannot be removed", root, e);
    }
  }

  /** Why no bytes are let in, if none are. */
  Optional<String> shortage() {
    return Optional.ofNullable(shortage);
  }

  /** Asks the system, and does what follows from the answer. */
  void look() {
    try {
      last = null;
      takenSince.set(0);
      long usable = disk.usableSpace(root);
      last = new Look(usable, nanoTime.getAsLong());
      if (usable < reserve) {
        begin(described(usable));
      } else if (usable >= Math.max(reserve, SOME)) {
        end();
      }
      if (usable < ballast.size()) {
        ballast.free();
      } else if (usable - 2 * ballast.size() >= reserve) {
        ballast.make();
      }
    } catch (IOException e) {
      // Nobody is refused for want of an answer: a medium that fails says so when it is written to.
      LOG.debug("the free space under {} is not known, or not kept", root, e);
    }
  }

  private boolean isStale(Look look, long taken) {
    return taken > Math.min(MOST_TAKEN_UNSEEN, reserve / PART_OF_RESERVE)
        || nanoTime.getAsLong() - look.at() > REMEMBERED_NANOS;
  }

  private synchronized String begin(String why) {
    if (shortage == null) {
      LOG.warn("{} takes no uploads: {}", root, why);
    }
    shortage = why;
    return why;
  }

  private synchronized void end() {
    if (shortage != null) {
      shortage = null;
      LOG.info("{} takes uploads again: there is space", root);
    }
  }

  private String described(long usable) {
    return megabytes(usable)
        + " MiB are free, and uploads are refused below "
        + megabytes(reserve)
        + " MiB (disk.reserve)";
  }

  private static String megabytes(long bytes) {
    return String.valueOf(bytes / SOME);
  }
}
