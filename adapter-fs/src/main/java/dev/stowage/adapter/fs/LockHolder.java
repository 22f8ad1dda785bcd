package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has a directory open, as told to whoever is refused it. */
record LockHolder(long pid, String host, Instant since) {
  private static final Path LINUX_HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  // The newline tells a line that is whole from one that is still being written.
  private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) (\\S+) (\\S+)\n");

  /** This process, now. */
  static LockHolder self() {
    return new LockHolder(
        ProcessHandle.current().pid(), hostName(), Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  void write(Path file, Disk disk) throws IOException {
    try (RandomAccessFile open = disk.openFile(file, "rw")) {
      open.setLength(0);
      open.write((pid + " " + host + " " + since + "\n").getBytes(UTF_8));
    }
  }

  /** The holder that a file names; nothing if it is absent, unreadable or not yet whole. */
  static Optional<LockHolder> read(Path file) {
    try {
      Matcher line = LINE.matcher(Files.readString(file));
      return line.matches()
          ? Optional.of(
              new LockHolder(
                  Long.parseLong(line.group(1)), line.group(2), Instant.parse(line.group(3))))
          : Optional.empty();
    } catch (IOException | DateTimeParseException unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "process " + pid + " on " + host + " since " + since;
  }

  private static String hostName() {
    try {
      // Asking the resolver may take long where the network is down.
      String name =
          Files.exists(LINUX_HOST_NAME)
              ? Files.readString(LINUX_HOST_NAME)
              : InetAddress.getLocalHost().getHostName();
      return name.strip().isEmpty() ? "localhost" : name.strip().replaceAll("\\s", "-");
    } catch (IOException unknown) {
      return "localhost";
    }
  }
}
