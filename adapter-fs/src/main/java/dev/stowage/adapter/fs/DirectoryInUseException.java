package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory is not opened because it is open already, in this process or another one. The message
 * names who has it, where that can be read.
 */
public final class DirectoryInUseException extends IOException {
  private static final long serialVersionUID = 1L;

  DirectoryInUseException(Path directory, Optional<LockHolder> holder) {
    super(
        "data directory "
            + directory
            + " is in use by "
            + holder.map(LockHolder::toString).orElse("another process"));
  }
}
