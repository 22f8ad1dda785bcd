package dev.stowage.adapter.rocksdb;

import dev.stowage.spi.NoSpaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says went wrong, in the port's words. */
final class RocksFailure {
  private RocksFailure() {}

  /** A failure of an open database: a {@link NoSpaceException} if its disk is full. */
  static IOException of(String what, RocksDBException cause) {
    String message = what + ": " + cause.getMessage();
    return isFull(cause) ? new NoSpaceException(message, cause) : new IOException(message, cause);
  }

  private static boolean isFull(RocksDBException cause) {
    Status status = cause.getStatus();
    // A quota has no code of its own.
    return (status != null && status.getSubCode() == Status.SubCode.NoSpace)
        || String.valueOf(cause.getMessage()).contains("Disk quota exceeded");
  }

  /** A database that cannot be opened: which one, what is wrong, and what to do. */
  static IOException ofOpening(Path directory, RocksDBException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.toLowerCase(Locale.ROOT).contains("lock")
        && message.contains(directory.resolve("LOCK").toString())) {
      return refusal(
          directory,
          "it is in use by another process, or by this one already (" + message + ")",
          "stop the other one, or give each its own directory",
          cause);
    }
    if (isDamage(cause)) {
      return refusal(
          directory,
          "it is damaged (" + message + ")",
          "nothing was changed; keep a copy of the directory, check the disk, and restore the"
              + " directory from a backup",
          cause);
    }
    return refusal(
        directory, message, "see to the cause and open it again; nothing was deleted", cause);
  }

  /** Whether RocksDB says that what it read cannot be right. */
  static boolean isDamage(RocksDBException cause) {
    Status status = cause.getStatus();
    return status != null && status.getCode() == Status.Code.Corruption;
  }

  /** A refusal that says which directory, what is wrong, and what to do. */
  static IOException refusal(Path directory, String wrong, String wayOut) {
    return new IOException(text(directory, wrong, wayOut));
  }

  /** A refusal with what led to it. */
  static IOException refusal(Path directory, String wrong, String wayOut, Exception cause) {
    return new IOException(text(directory, wrong, wayOut), cause);
  }

  private static String text(Path directory, String wrong, String wayOut) {
    return "the metadata in " + directory + " cannot be opened: " + wrong + ". Way out: " + wayOut;
  }
}
