package dev.stowage.adapter.fs;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets one opening at a time have a directory, among all processes. The system releases the lock of
 * a process that is killed.
 *
 * <p>The holder is named in a second file: a POSIX lock belongs to the process, which loses it when
 * it closes any channel on the locked file, so nobody here may so much as read that.
 */
final class DirectoryLock implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

  // For the same reason a second opening has to be refused before it opens the file, and only the
  // process as a whole can know that it holds the lock.
  private static final Set<Object> HELD_BY_THIS_PROCESS = new HashSet<>();

  private final Object key;
  private final AsynchronousFileChannel channel;
  private final Path holderFile;
  private final Disk disk;

  private DirectoryLock(Object key, AsynchronousFileChannel channel, Path holderFile, Disk disk) {
    this.key = key;
    this.channel = channel;
    this.holderFile = holderFile;
    this.disk = disk;
  }

  /**
   * Takes the lock of a directory that exists.
   *
   * @throws DirectoryInUseException if somebody has it
   * @throws IOException if the lock cannot be tried
   */
  static DirectoryLock take(Layout layout, Disk disk) throws IOException {
    Object key = claim(layout, disk);
    try {
      return new DirectoryLock(key, lock(layout, disk), layout.lockHolder(), disk);
    } catch (IOException | RuntimeException | Error e) {
      giveUp(key);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try (channel) {
      disk.deleteIfExists(holderFile);
    } finally {
      // Last: who is let in earlier would lose its lock to the closing of this channel.
      giveUp(key);
    }
  }

  private static Object claim(Layout layout, Disk disk) throws IOException {
    synchronized (HELD_BY_THIS_PROCESS) {
      // Making the file opens and closes it, so nobody else may hold it yet.
      if (!disk.exists(layout.lock())) {
        create(layout.lock(), disk);
      }
      Object fileKey = Files.readAttributes(layout.lock(), BasicFileAttributes.class).fileKey();
      Object key = fileKey != null ? fileKey : layout.lock().toRealPath();
      if (!HELD_BY_THIS_PROCESS.add(key)) {
        throw inUse(layout);
      }
      return key;
    }
  }

  private static void giveUp(Object key) {
    synchronized (HELD_BY_THIS_PROCESS) {
      HELD_BY_THIS_PROCESS.remove(key);
    }
  }

  private static AsynchronousFileChannel lock(Layout layout, Disk disk) throws IOException {
    // Like a FileChannel, but an interrupted thread may open it.
    AsynchronousFileChannel channel = disk.openLock(layout.lock());
    try {
      if (channel.tryLock() == null) {
        throw inUse(layout);
      }
      nameHolder(layout.lockHolder(), disk);
      return channel;
    } catch (OverlappingFileLockException e) {
      // Somebody in this process who does not share our set, as in another class loader. The
      // channel stays open, since closing it would end the lock that it met.
      throw inUse(layout);
    } catch (IOException | RuntimeException | Error e) {
      try (channel) {
        throw e;
      }
    }
  }

  private static void nameHolder(Path file, Disk disk) {
    try {
      LockHolder.self().write(file, disk);
    } catch (IOException e) {
      // On a full disk a store must open all the same, so that something can be deleted.
      LOG.warn("{} cannot be written, so a refusal will name no holder: {}", file, e.toString());
    }
  }

  private static void create(Path lockFile, Disk disk) throws IOException {
    try {
      disk.createFile(lockFile);
    } catch (FileAlreadyExistsException e) {
      LOG.debug("{} was made by another process meanwhile", lockFile);
    }
  }

  private static DirectoryInUseException inUse(Layout layout) {
    return new DirectoryInUseException(layout.root(), LockHolder.read(layout.lockHolder()));
  }
}
