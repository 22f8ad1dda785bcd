package dev.stowage.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the packaged program, in a copy that nobody has started yet. */
@Tag("clients")
class LauncherTest {
  private static final String PREPARING = "stowage: preparing quick starts on Java";

  @TempDir Path directory;
  private Path home;

  @BeforeEach
  void copyThePackage() throws IOException {
    Path original = Path.of(System.getProperty("stowage.launcher", "target/stowage/bin/stowage"));
    Path packaged = original.toAbsolutePath().resolve("../..").normalize();
    home = directory.resolve("a copy");
    for (String part : List.of("bin", "conf", "lib")) {
      Files.createDirectories(home.resolve(part));
      try (Stream<Path> files = Files.list(packaged.resolve(part))) {
        for (Path file : files.toList()) {
          Files.createLink(home.resolve(part).resolve(file.getFileName()), file);
        }
      }
    }
  }

  /** Serves until it is ready; returns the lines that it said and the files that it had mapped. */
  private String serve() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            home.resolve("bin/stowage").toString(),
            "serve",
            "--data",
            directory.resolve("data").toString(),
            "--listen",
            "127.0.0.1:0");
    Process process = builder.redirectErrorStream(true).start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder said = new StringBuilder();
      String line = "";
      while (line != null && !line.startsWith("ready ")) {
        line = output.readLine();
        said.append(line).append('\n');
      }
      assertTrue(said.toString().contains("ready "), said.toString());
      said.append(Files.readString(Path.of("/proc/" + process.pid() + "/maps")));
      process.toHandle().destroy();
      assertEquals(0, process.waitFor());
      return said.toString();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void preparesOnceAndThenMapsTheArchiveAndTheLibrary() throws Exception {
    assertTrue(serve().startsWith(PREPARING));
    try (Stream<Path> made = Files.list(home.resolve("cache"))) {
      assertEquals(1, made.count());
    }
    String second = serve();
    assertTrue(second.startsWith("ready "), second);
    assertTrue(second.contains(home + "/cache/"), second);
    assertTrue(second.matches("(?s).*/cache/[^\n]*/classes\\.(aot|jsa)\n.*"), second);
    assertTrue(second.matches("(?s).*/cache/[^\n]*/librocksdbjni[^\n]*\\.so\n.*"), second);
  }

  @Test
  void removesWhatAKilledRehearsalLeft() throws Exception {
    serve();
    Path kept;
    try (Stream<Path> made = Files.list(home.resolve("cache"))) {
      kept = made.findFirst().orElseThrow();
    }
    // No process has this number: it is larger than the kernel's largest.
    Path left = Files.createDirectory(kept.resolveSibling(kept.getFileName() + ".4194305"));
    Path put = Files.move(kept, directory.resolve("aside"));
    assertTrue(serve().startsWith(PREPARING));
    assertTrue(Files.exists(kept) && Files.exists(put));
    assertFalse(Files.exists(left));
  }

  @Test
  void startsWhereNothingCanBeKept() throws Exception {
    Files.createFile(home.resolve("cache"));
    String said = serve();
    assertTrue(said.startsWith("ready "), said);
  }

  @Test
  void startsAndSaysSoWhereTheRehearsalFails() throws Exception {
    Path launcher = home.resolve("bin/stowage");
    String script = Files.readString(launcher);
    Files.delete(launcher);
    Files.writeString(launcher, script.replace(" rehearse ", " no-such-command "));
    assertTrue(launcher.toFile().setExecutable(true));
    String said = serve();
    assertTrue(said.startsWith(PREPARING), said);
    assertTrue(said.contains("stowage: starts stay slow; see " + home + "/cache/"), said);
  }
}
