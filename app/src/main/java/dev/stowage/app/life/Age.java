package dev.stowage.app.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How long this process has been there, the start of its JVM included. */
public final class Age {
  /** What Linux counts a process's start in, a second: USER_HZ of proc(5). */
  private static final int TICKS = 100;

  /** The place of the start among the fields behind the program's name, which may hold blanks. */
  private static final int START = 19;

  private Age() {}

  /** The time since the start: on Linux to 10 ms, elsewhere to about a second. */
  public static Duration now() {
    try {
      return since(
          Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
    } catch (IOException | RuntimeException e) {
      // Java reckons from the second in which the machine was started.
      return ProcessHandle.current()
          .info()
          .startInstant()
          .map(started -> Duration.between(started, Instant.now()))
          .orElse(Duration.ZERO);
    }
  }

  /** The age by what proc(5) says of the process and of the time since the machine's start. */
  static Duration since(String stat, String uptime) {
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long startedMillis = Long.parseLong(fields[START]) * 1000 / TICKS;
    double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
    return Duration.ofMillis(Math.round(seconds * 1000) - startedMillis);
  }
}
