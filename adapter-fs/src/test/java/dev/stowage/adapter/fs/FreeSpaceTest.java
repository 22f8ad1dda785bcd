package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Health;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before the disk is full, and what goes on. */
@Timeout(120)
class FreeSpaceTest {
  private static final long MIB = 1 << 20;
  private static final long RESERVE = 64 * MIB;
  private static final long BALLAST = 1 * MIB;
  private static final Digest OF_NOTHING = Digest.canonical(ByteBuffer.allocate(0));

  @TempDir Path directory;
  private final ScriptedDisk disk = new ScriptedDisk();
  private Optional<FileBlobData> opened = Optional.empty();

  private FileBlobData open(long usable) throws IOException {
    disk.usableSpace(usable);
    opened =
        Optional.of(
            FileBlobData.open(
                directory,
                FileOptions.defaults().withReserve(RESERVE),
                disk,
                round -> Duration.ofMillis(1)));
    return opened.get();
  }

  @AfterEach
  void close() throws IOException {
    if (opened.isPresent()) {
      opened.get().close();
    }
  }

  @Test
  void nothingNewIsTakenInBelowTheReserveAndAllElseGoesOn() throws IOException {
    FileBlobData data = open(RESERVE + 10 * MIB);
    Placement before = data.place(data.stage(UploadId.random()), OF_NOTHING);
    Staging begun = data.stage(UploadId.random());
    Staging empty = data.stage(UploadId.random());
    data.close();

    data = open(RESERVE - 1);
    FileBlobData below = data;
    NoSpaceException refusal =
        assertThrows(NoSpaceException.class, () -> below.stage(UploadId.random()));
    assertEquals(
        "63 MiB are free, and uploads are refused below 64 MiB (disk.reserve)",
        refusal.getMessage());
    assertInstanceOf(Health.ReadOnly.class, data.health());
    Staging again = data.reopen(begun.id(), begun.state()).orElseThrow();
    assertThrows(NoSpaceException.class, () -> again.write(ByteBuffer.allocate(1)));
    again.discard();
    data.place(data.reopen(empty.id(), empty.state()).orElseThrow(), OF_NOTHING);
    data.open(before).close();
    data.delete(before);

    disk.usableSpace(RESERVE);
    awaitWritable(data);
    data.stage(UploadId.random()).discard();
  }

  @Test
  void aStreamIsStoppedAtTheReserveAlthoughTheDiskIsNotAskedEachTime() throws IOException {
    FileBlobData data = open(RESERVE + 3 * MIB + 100);
    Staging staging = data.stage(UploadId.random());
    ByteBuffer chunk = ByteBuffer.allocate(1 << 10);
    assertThrows(
        NoSpaceException.class,
        () -> {
          while (staging.size() < 10 * MIB) {
            staging.write(chunk.clear());
            disk.usableSpace(RESERVE + 3 * MIB + 100 - staging.size());
          }
        });
    assertEquals(3 * MIB, staging.size());
    staging.discard();
  }

  @Test
  void whatAnotherProgramTakesIsNoticedWithoutAnUpload() throws IOException {
    FileBlobData data = open(RESERVE + MIB);
    assertEquals(new Health.Writable(), data.health());
    disk.usableSpace(5 * MIB);
    while (data.health() instanceof Health.Writable) {
      Thread.onSpinWait();
    }
  }

  @Test
  void theBallastIsThrownOffWhenTheDiskIsFullAndMadeAgain() throws IOException {
    FileBlobData data = open(RESERVE + 10 * MIB);
    assertEquals(BALLAST, Files.size(ballast()));
    disk.usableSpace(BALLAST - 1);
    await(false);
    assertInstanceOf(Health.ReadOnly.class, data.health());
    disk.usableSpace(RESERVE + 10 * MIB);
    await(true);
  }

  @Test
  void theBallastIsThrownOffAtOnceWhenTheSystemRefusesToWrite() throws IOException {
    FileBlobData data = open(RESERVE + 10 * MIB);
    assertTrue(Files.exists(ballast()));
    disk.failAs("No space left on device");
    disk.usableSpace(0);
    disk.fail(ScriptedDisk.Step.CREATE_FILE);
    assertThrows(NoSpaceException.class, () -> data.stage(UploadId.random()));
    await(false);
  }

  @Test
  void theBallastIsThrownOffBeforeAStoreOnAFullDiskIsOpen() throws IOException {
    open(RESERVE + 10 * MIB).close();
    assertTrue(Files.exists(ballast()));
    open(0);
    assertFalse(Files.exists(ballast()));
  }

  @Test
  void thereIsNoBallastWhereItWouldTakeOfTheReserveOrNothingIsReserved() throws IOException {
    open(RESERVE + BALLAST).close();
    assertFalse(Files.exists(ballast()));
    opened = Optional.of(FileBlobData.open(directory, FileOptions.defaults()));
    assertFalse(Files.exists(ballast()));
  }

  private Path ballast() {
    return directory.resolve("ballast");
  }

  private void await(boolean there) {
    while (Files.exists(ballast()) != there) {
      Thread.onSpinWait();
    }
  }

  private static void awaitWritable(FileBlobData data) {
    while (!data.health().equals(new Health.Writable())) {
      Thread.onSpinWait();
    }
  }
}
