package dev.stowage.app.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What this process has open, as the system sees it, and which of its threads serve a request. */
final class OpenHandles {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenHandles() {}

  /** Whether the system tells. */
  static boolean areTold() {
    return Files.isDirectory(DESCRIPTORS);
  }

  /** How many descriptors of files and sockets are open. */
  static int count() throws IOException {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return (int) open.count();
    }
  }

  /** What the descriptors of files below a directory lead to. */
  static List<String> filesBelow(Path directory) throws IOException {
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.map(OpenHandles::target)
          .filter(file -> file.startsWith(directory.toString()))
          .sorted()
          .collect(Collectors.toUnmodifiableList());
    }
  }

  /** How many threads are inside a request. */
  static long busyThreads() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                Arrays.stream(stack)
                    .anyMatch(frame -> frame.getClassName().endsWith(".http.RegistryHandler")))
        .count();
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException closedMeanwhile) {
      return "";
    }
  }
}
