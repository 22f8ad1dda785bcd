package dev.stowage.app.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryExampleTest {
  @TempDir Path directory;

  @Test
  void runsAndLeavesNoBytesBehind() throws IOException {
    assertEquals(5, LibraryExample.storeAndReadBack(directory, ByteBuffer.wrap(new byte[5])));
    try (Stream<Path> files = Files.walk(directory.resolve("blobs"))) {
      assertEquals(0, files.filter(Files::isRegularFile).count());
    }
  }

  @Test
  void isWhatTheReadmeShows() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/stowage/app/example/LibraryExample.java"));
    String body = source.substring(source.indexOf("    try (var data"), source.indexOf("  }\n}"));
    assertTrue(
        Files.readString(Path.of("../README.md")).contains(body.stripTrailing().stripIndent()),
        "README.md does not show the body of LibraryExample");
  }
}
