package dev.stowage.app.life;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminationTest {
  @Test
  void endsWithStatusZeroWhenAllWasClosed() throws Exception {
    Process process = start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("running", output.readLine());
      process.toHandle().destroy();
      assertEquals("closed", output.readLine());
      assertEquals(0, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void endsWithStatusOneAndSaysWhyWhenSomethingCouldNotBeClosed() throws Exception {
    Process process = start("the disk is gone");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      assertEquals("running", output.readLine());
      process.toHandle().destroy();
      assertEquals("closed", output.readLine());
      String rest = String.join("\n", output.lines().toList());
      assertTrue(rest.contains("the disk is gone"), rest);
      assertEquals(1, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void waitsUntilTheThreadIsInterrupted() throws Exception {
    Thread waiting = new Thread(Termination::await);
    waiting.start();
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertTrue(waiting.isAlive());
    waiting.interrupt();
    waiting.join();
    assertFalse(waiting.isAlive());
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EndingProcess.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
