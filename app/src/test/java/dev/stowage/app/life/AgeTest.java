package dev.stowage.app.life;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgeTest {
  private static final String STAT =
      "41 (a (strange) name) S 1 41 41 0 -1 4194560 2 0 0 0 1 1 0 0 20 0 3 0 7005 1 2 3";

  @Test
  void isTheMachinesUptimeLessTheProcesssStart() {
    assertEquals(Duration.ofMillis(2_450), Age.since(STAT, "72.50 100.01\n"));
  }

  @Test
  void isLessForAProcessThatWasStartedLater() throws IOException, InterruptedException {
    Duration before = Age.now();
    Process process =
        new ProcessBuilder("sh", "-c", "cat /proc/self/stat; cat /proc/uptime").start();
    String[] said = new String(process.getInputStream().readAllBytes(), US_ASCII).split("\n", -1);
    assertEquals(0, process.waitFor());
    assertTrue(Age.since(said[0], said[1]).compareTo(before) < 0);
  }
}
