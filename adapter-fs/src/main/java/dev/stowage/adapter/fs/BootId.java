package dev.stowage.adapter.fs;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/** Tells one boot of the machine from the next. */
final class BootId {
  static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private BootId() {}

  /**
   * What the options say; else what the kernel says in this file; else, where there is no such
   * file, a new one, since nobody knows then whether the machine has lost its page cache meanwhile.
   *
   * @throws IOException if the kernel's answer cannot be read, which must not end every upload
   */
  static String of(FileOptions options, Path kernelFile) throws IOException {
    return options.bootId().isPresent() ? options.bootId().get() : ofKernel(kernelFile);
  }

  private static String ofKernel(Path file) throws IOException {
    try {
      String id = Files.readString(file).strip();
      return FileOptions.isBootId(id) ? id : UUID.randomUUID().toString();
    } catch (NoSuchFileException | AccessDeniedException noAnswer) {
      return UUID.randomUUID().toString();
    }
  }
}
