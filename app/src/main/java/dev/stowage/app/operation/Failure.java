package dev.stowage.app.operation;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Failures of the medium, as a person is told them. */
public final class Failure {
  private Failure() {}

  /** What went wrong. Of a failure of the file system, the message may be nothing but the file. */
  public static String inWords(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      if (file instanceof AccessDeniedException) {
        return message + ": access is denied";
      }
      if (file instanceof FileAlreadyExistsException) {
        return message + ": is there already";
      }
      if (file instanceof NoSuchFileException) {
        return message + ": is not there";
      }
    }
    return message;
  }
}
