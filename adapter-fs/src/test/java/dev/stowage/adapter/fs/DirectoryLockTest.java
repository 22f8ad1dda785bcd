package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
  private static final FileOptions OPTIONS = FileOptions.defaults();
  private static final Pattern REFUSAL =
      Pattern.compile("data directory (.+) is in use by process ([0-9]+) on (\\S+) since (\\S+)");

  @TempDir Path directory;

  @Test
  void anotherProcessIsRefusedAndToldWhoHasTheDirectory() throws Exception {
    FileBlobData data = FileBlobData.open(directory, OPTIONS);
    try (data;
        OpeningProcess other = OpeningProcess.start(directory)) {
      assertNames(ProcessHandle.current().pid(), other.answer());
    }
  }

  @Test
  void thisProcessIsRefusedWhatAnotherHas() throws Exception {
    try (OpeningProcess other = OpeningProcess.start(directory)) {
      assertEquals(OpeningProcess.OPEN, other.answer());
      assertNames(other.pid(), refusal());
    }
  }

  @Test
  void aSecondOpeningInThisProcessIsRefused() throws Exception {
    FileBlobData data = FileBlobData.open(directory, OPTIONS);
    try (data) {
      assertNames(ProcessHandle.current().pid(), refusal());
      assertNames(ProcessHandle.current().pid(), refusal());
    }
  }

  @Test
  void aRefusedOpeningDoesNotEndTheLock() throws Exception {
    FileBlobData data = FileBlobData.open(directory, OPTIONS);
    try (data) {
      assertNames(ProcessHandle.current().pid(), refusal());
      try (OpeningProcess other = OpeningProcess.start(directory)) {
        assertNames(ProcessHandle.current().pid(), other.answer());
      }
    }
  }

  @Test
  void theSameDirectoryByAnotherNameIsRefused() throws Exception {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    FileBlobData data = FileBlobData.open(real, OPTIONS);
    try (data) {
      assertThrows(DirectoryInUseException.class, () -> FileBlobData.open(link, OPTIONS));
      try (OpeningProcess other = OpeningProcess.start(real)) {
        assertNames(real, ProcessHandle.current().pid(), other.answer());
      }
    }
  }

  @Test
  void aLockOfThisProcessThatIsNotOursIsMetAndKept() throws Exception {
    FileBlobData.open(directory, OPTIONS).close();
    try (FileChannel channel =
            FileChannel.open(directory.resolve("lock"), StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertTrue(lock.isValid());
      assertEquals("data directory " + directory + " is in use by another process", refusal());
      try (OpeningProcess other = OpeningProcess.start(directory)) {
        assertEquals(
            "data directory " + directory + " is in use by another process", other.answer());
      }
    }
    FileBlobData.open(directory, OPTIONS).close();
  }

  @Test
  void theDirectoryIsFreeAfterClosing() throws Exception {
    FileBlobData data = FileBlobData.open(directory, OPTIONS);
    data.close();
    assertFalse(Files.exists(directory.resolve("lock.holder")));
    try (OpeningProcess other = OpeningProcess.start(directory)) {
      assertEquals(OpeningProcess.OPEN, other.answer());
      data.close();
      assertNames(other.pid(), refusal());
      other.end();
    }
    FileBlobData.open(directory, OPTIONS).close();
  }

  @Test
  void theDirectoryIsFreeAfterAKill() throws Exception {
    try (OpeningProcess other = OpeningProcess.start(directory)) {
      assertEquals(OpeningProcess.OPEN, other.answer());
      other.kill();
      assertTrue(Files.exists(directory.resolve("lock.holder")));
      FileBlobData data = FileBlobData.open(directory, OPTIONS);
      try (data) {
        assertEquals(1, data.stagings(Optional.empty(), 10).size());
        assertNames(ProcessHandle.current().pid(), refusal());
      }
    }
  }

  @Test
  void theDirectoryIsFreeAfterAnOpeningThatFailed() throws IOException {
    FileBlobData.open(directory, OPTIONS).close();
    Path format = directory.resolve("format");
    Files.writeString(format, "another\n");
    assertThrows(IOException.class, () -> FileBlobData.open(directory, OPTIONS));
    Files.delete(format);
    FileBlobData.open(directory, OPTIONS).close();
  }

  @Test
  void theDirectoryIsOpenedThoughTheHolderCannotBeNamed() throws IOException {
    Files.createDirectory(directory.resolve("lock.holder"));
    FileBlobData data = FileBlobData.open(directory, OPTIONS);
    try (data) {
      assertEquals("data directory " + directory + " is in use by another process", refusal());
    }
  }

  @Test
  void aHolderThatIsNotWholeIsNotNamed() throws IOException {
    Path file = directory.resolve("holder");
    assertEquals(Optional.empty(), LockHolder.read(file));
    for (String text : new String[] {"", "12", "12 host 2026-01-01T00:00:00Z", "12 host now\n"}) {
      assertEquals(Optional.empty(), LockHolder.read(Files.writeString(file, text)));
    }
    LockHolder holder = new LockHolder(12, "host", Instant.parse("2026-01-01T00:00:00Z"));
    holder.write(file, Disk.of(FileOptions.defaults()));
    assertEquals(Optional.of(holder), LockHolder.read(file));
  }

  private String refusal() {
    IOException refused =
        assertThrows(DirectoryInUseException.class, () -> FileBlobData.open(directory, OPTIONS));
    return String.valueOf(refused.getMessage());
  }

  private void assertNames(long pid, String refusal) {
    assertNames(directory, pid, refusal);
  }

  private static void assertNames(Path directory, long pid, String refusal) {
    Matcher matcher = REFUSAL.matcher(refusal);
    assertTrue(matcher.matches(), refusal);
    assertEquals(directory.toString(), matcher.group(1));
    assertEquals(Long.toString(pid), matcher.group(2));
    assertFalse(Instant.parse(matcher.group(4)).isAfter(Instant.now()));
  }
}
