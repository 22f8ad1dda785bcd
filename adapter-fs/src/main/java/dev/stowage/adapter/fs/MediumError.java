package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;

/** What the system says of a medium when it refuses a change. */
enum MediumError {
  /** There is no space, or no more for us. */
  FULL,
  /** The file system takes no changes: somebody or an error has remounted it so. */
  READ_ONLY,
  /** Anything else. */
  OTHER;

  /** What a failure says. The JDK hands the system's error on as a text and nothing else. */
  static MediumError of(Throwable failure) {
    if (failure instanceof ReadOnlyFileSystemException) {
      return READ_ONLY;
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    if (!(failure instanceof IOException)) {
      return OTHER;
    }
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return FULL;
    }
    return message.contains("read-only file system") ? READ_ONLY : OTHER;
  }
}
