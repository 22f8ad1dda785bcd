package dev.stowage.app.life;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenThingsTest {
  private final List<String> closed = new ArrayList<>();
  private final OpenThings open = new OpenThings();

  @Test
  void closesTheLastOneFirst() throws IOException {
    open.add(() -> closed.add("bytes"));
    open.add(() -> closed.add("facts"));
    open.add(() -> closed.add("server"));
    open.close();
    assertEquals(List.of("server", "facts", "bytes"), closed);
  }

  @Test
  void givesBackWhatItTakes() {
    Closeable thing = () -> {};
    assertSame(thing, open.add(thing));
  }

  @Test
  void closesWhatIsLeftAfterFailuresAndTellsThemAll() {
    IOException disk = new IOException("the disk is gone");
    RuntimeException defect = new IllegalStateException("closed twice");
    open.add(() -> closed.add("bytes"));
    open.add(
        () -> {
          throw disk;
        });
    open.add(() -> closed.add("registry"));
    open.add(
        () -> {
          throw defect;
        });
    IOException failure = assertThrows(IOException.class, open::close);
    assertEquals(List.of("registry", "bytes"), closed);
    assertArrayEquals(new Throwable[] {defect, disk}, failure.getSuppressed());
  }

  @Test
  void closesEverythingOnce() throws IOException {
    open.add(() -> closed.add("bytes"));
    open.close();
    open.close();
    assertEquals(List.of("bytes"), closed);
  }

  @Test
  void triesNothingAgainThatFailed() throws IOException {
    open.add(
        () -> {
          closed.add("bytes");
          throw new IOException("the disk is gone");
        });
    assertThrows(IOException.class, open::close);
    open.close();
    assertEquals(List.of("bytes"), closed);
  }
}
