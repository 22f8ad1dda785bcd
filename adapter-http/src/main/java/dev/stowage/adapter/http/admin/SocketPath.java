package dev.stowage.adapter.http.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the socket of a data directory lies: {@code admin.sock} in it. The system takes no path of
 * a socket beyond 107 bytes; where the directory's is longer, the socket lies in a private
 * directory beneath the one for temporary files, and {@code admin.path} in the data directory says
 * where.
 *
 * @param directory the data directory
 */
record SocketPath(Path directory) {
  private static final int LONGEST = 107;
  private static final String NAME = "admin.sock";

  /** Where a client looks. */
  Path find() throws IOException {
    return recorded().orElse(directory.resolve(NAME));
  }

  /** Where the next server is to listen. What an earlier one left elsewhere is removed. */
  Path choose() throws IOException {
    remove();
    Path socket = directory.resolve(NAME);
    // It is bound one level deeper, so that nobody can reach it before its permissions are set.
    if (fits(binding(socket))) {
      return socket;
    }
    Path elsewhere = Files.createTempDirectory(temporary(), "stowage-").resolve(NAME);
    if (!fits(binding(elsewhere))) {
      Files.delete(parent(elsewhere));
      throw new IOException(
          "the path of a socket has at most "
              + LONGEST
              + " bytes, and neither "
              + directory
              + " nor "
              + temporary()
              + " is short enough; set java.io.tmpdir");
    }
    Files.writeString(record(), elsewhere + "\n");
    return elsewhere;
  }

  /** Binds a name that only the owner may use: made in a private place, and then moved here. */
  static void publish(Path bound, Path socket) throws IOException {
    Files.setPosixFilePermissions(bound, PosixFilePermissions.fromString("rw-------"));
    Files.move(bound, socket, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Where a socket is bound first. */
  static Path binding(Path socket) {
    return socket.resolveSibling("admin.new").resolve("s");
  }

  /** Removes the socket of a server that has ended. */
  void remove() throws IOException {
    Optional<Path> elsewhere = recorded();
    if (elsewhere.isPresent() && elsewhere.get().endsWith(NAME)) {
      Files.deleteIfExists(elsewhere.get());
      Files.deleteIfExists(parent(elsewhere.get()));
    }
    Files.deleteIfExists(record());
    Files.deleteIfExists(directory.resolve(NAME));
  }

  private static Path parent(Path socket) {
    return Objects.requireNonNull(socket.getParent(), "a socket lies in a directory");
  }

  private Path record() {
    return directory.resolve("admin.path");
  }

  private Optional<Path> recorded() throws IOException {
    try {
      return Optional.of(Path.of(Files.readString(record()).strip()));
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
  }

  private static Path temporary() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static boolean fits(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
  }
}
