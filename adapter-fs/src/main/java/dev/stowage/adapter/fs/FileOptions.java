package dev.stowage.adapter.fs;

import java.io.File;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a {@link FileBlobData} treats its directory.
 *
 * @param directorySync whether a directory is forced after a name in it was made; without it a blob
 *     may lose its name, though not its bytes, with the power
 * @param bootId what tells this boot of the machine from every other, in place of what the system
 *     says: 1 to 64 letters, digits, hyphens and underscores, of which the first is a letter or a
 *     digit
 * @param reserve the free space, in bytes, below which nothing new is taken in, so that the rest of
 *     the disk is there for facts, deletions and other programs; 0: bytes are taken in until the
 *     disk is full
 */
public record FileOptions(boolean directorySync, Optional<String> bootId, long reserve) {
  private static final Pattern BOOT_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /**
   * Checks the boot id and the reserve.
   *
   * @throws IllegalArgumentException if the boot id is not of the form above, or the reserve below
   *     0
   */
  public FileOptions {
    if (bootId.isPresent() && !isBootId(bootId.get())) {
      throw new IllegalArgumentException(
          "a boot id is 1 to 64 letters, digits, - and _, and begins with a letter or a digit: "
              + bootId.get());
    }
    if (reserve < 0) {
      throw new IllegalArgumentException("a reserve is not negative: " + reserve);
    }
  }

  /**
   * The system's boot id, no reserve, and directories forced wherever the system lets them be
   * opened.
   */
  public static FileOptions defaults() {
    boolean directoriesOpen = File.separatorChar == '/';
    return new FileOptions(directoriesOpen, Optional.empty(), 0);
  }

  /** These options with a directory sync or without. */
  public FileOptions withDirectorySync(boolean sync) {
    return new FileOptions(sync, bootId, reserve);
  }

  /**
   * These options with a boot id.
   *
   * @throws IllegalArgumentException if it is not of the form above
   */
  public FileOptions withBootId(String id) {
    return new FileOptions(directorySync, Optional.of(id), reserve);
  }

  /**
   * These options with a reserve of free space, in bytes; 0 for none.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public FileOptions withReserve(long bytes) {
    return new FileOptions(directorySync, bootId, bytes);
  }

  static boolean isBootId(String text) {
    return BOOT_ID.matcher(text).matches();
  }
}
