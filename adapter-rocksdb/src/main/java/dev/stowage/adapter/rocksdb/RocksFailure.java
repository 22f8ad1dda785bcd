package dev.stowage.adapter.rocksdb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB says went wrong, in the port's words. */
final class RocksFailure {
  private RocksFailure() {}

  /** A failure of an open database. */
  static IOException of(String what, RocksDBException cause) {
    return new IOException(what + ": " + cause.getMessage(), cause);
  }

  /** A database that cannot be opened: which one, what is wrong, and what to do. */
  static IOException ofOpening(Path directory, RocksDBException cause) {
    String message = String.valueOf(cause.getMessage());
    Status status = cause.getStatus();
    if (message.toLowerCase(Locale.ROOT).contains("lock")
        && message.contains(directory.resolve("LOCK").toString())) {
      return refusal(
          directory,
          "it is in use by another process, or by this one already (" + message + ")",
          "stop the other one, or give each its own directory",
          cause);
    }
    if (status != null && status.getCode() == Status.Code.Corruption) {
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
