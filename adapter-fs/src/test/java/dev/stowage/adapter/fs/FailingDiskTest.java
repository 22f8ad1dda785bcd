package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.fs.ScriptedDisk.Step;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Health;
import dev.stowage.spi.NoSpaceException;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StoreReadOnlyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a store becomes read-only, and how it comes round by itself. */
@Timeout(120)
class FailingDiskTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap(CONTENT));
  private static final String SHARD = DIGEST.hex().substring(0, 2);

  @TempDir Path directory;
  private final ScriptedDisk disk = new ScriptedDisk();
  private final AtomicInteger rounds = new AtomicInteger();
  private FileBlobData data;

  @BeforeEach
  void open() throws IOException {
    data = FileBlobData.open(directory, FileOptions.defaults(), disk, this::pause);
    data.stage(UploadId.random()).discard();
    disk.takeSteps();
  }

  @AfterEach
  void close() throws IOException {
    data.close();
  }

  private Duration pause(int round) {
    rounds.set(round);
    return Duration.ZERO;
  }

  @Test
  void aFailedForceOfADirectoryMakesTheStoreReadOnly() throws IOException {
    Placement before = data.place(staged(), DIGEST);
    Staging failing = staged();
    Staging waiting = staged();
    disk.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));

    Health.ReadOnly health = assertInstanceOf(Health.ReadOnly.class, data.health());
    assertTrue(health.reason().contains("forcing"), health.reason());
    assertThrows(StoreReadOnlyException.class, () -> data.stage(UploadId.random()));
    assertThrows(StoreReadOnlyException.class, () -> waiting.write(ByteBuffer.allocate(1)));
    assertThrows(StoreReadOnlyException.class, () -> data.place(waiting, DIGEST));

    data.open(before).close();
    assertEquals(List.of(before), data.placements(Optional.empty(), 10));
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
    data.delete(before);
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
  }

  @Test
  void itIsCheckedAgainAndAgainUntilTheDiskAnswers() throws IOException {
    Staging failing = staged();
    disk.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    awaitRound(5);
    assertInstanceOf(Health.ReadOnly.class, data.health());
    disk.heal();
    awaitWritable();

    List<String> steps = disk.takeSteps();
    assertEquals(
        List.of(
            "OPEN_DIRECTORY " + SHARD,
            "FORCE_FILE",
            "RENAME check to check.renamed",
            "FORCE_DIRECTORY " + SHARD,
            "FORCE_DIRECTORY " + SHARD,
            "CLOSE_DIRECTORY " + SHARD),
        steps.subList(steps.size() - 6, steps.size()).stream()
            .map(step -> step.startsWith("FORCE_FILE") ? "FORCE_FILE" : step)
            .toList());
    Placement placement = data.place(staged(), DIGEST);
    assertEquals(List.of(placement.value().substring(3)), names(shard()));
  }

  @Test
  void nobodyHasToAskForTheCheck() throws IOException {
    Staging failing = staged();
    disk.failOnce(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    awaitWritable();
    assertEquals(List.of(), names(shard()));
  }

  @Test
  void aFileThatCouldNotBeRemovedKeepsTheStoreReadOnly() throws IOException {
    UploadId id = UploadId.random();
    Staging failing = staged(id);
    disk.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    // A directory that is not empty stands for a file that the medium does not let go.
    Path left = shard().resolve(DIGEST.hex() + "." + id);
    Files.createDirectories(left.resolve("more"));
    // A check that was under way may have removed the file before.
    awaitRound(rounds.get() + 2);
    disk.heal();
    awaitRound(rounds.get() + 5);
    assertInstanceOf(Health.ReadOnly.class, data.health());
    Files.delete(left.resolve("more"));
    awaitWritable();
    assertEquals(List.of(), names(shard()));
  }

  @Test
  void aForceThatSucceedsInADirectoryThatFailedMeanwhileIsNotBelieved() throws IOException {
    Staging overtaken = staged();
    Staging failing = staged();
    disk.before(
        Step.FORCE_DIRECTORY,
        () -> {
          disk.fail(Step.FORCE_DIRECTORY);
          assertThrows(IOException.class, () -> data.place(failing, DIGEST));
          disk.heal(Step.FORCE_DIRECTORY);
          disk.fail(Step.OPEN_DIRECTORY);
        });
    assertThrows(StoreReadOnlyException.class, () -> data.place(overtaken, DIGEST));
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
    disk.heal();
    awaitWritable();
  }

  @Test
  void aReadOnlyFileSystemIsNoticedAndItsRecoveryToo() throws IOException {
    Staging writing = staged();
    disk.failAs("Read-only file system");
    disk.fail(Step.CREATE_FILE);
    assertThrows(StoreReadOnlyException.class, () -> data.stage(UploadId.random()));
    assertThrows(StoreReadOnlyException.class, () -> writing.write(ByteBuffer.allocate(1)));
    assertInstanceOf(Health.ReadOnly.class, data.health());
    disk.fail(Step.FORCE_FILE);
    awaitRound(rounds.get() + 3);
    assertInstanceOf(Health.ReadOnly.class, data.health());
    disk.heal();
    awaitWritable();
    writing.discard();
  }

  @Test
  void aFullDiskRefusesOneStagingAndSaysSo() throws IOException {
    disk.failAs("No space left on device");
    disk.usableSpace(0);
    disk.fail(Step.CREATE_FILE);
    assertThrows(NoSpaceException.class, () -> data.stage(UploadId.random()));
    assertInstanceOf(Health.ReadOnly.class, data.health());
    disk.heal();
    data.place(staged(), DIGEST);
    disk.usableSpace(1 << 30);
    awaitWritable();
  }

  @Test
  void aDiskThatHasNothingLeftIsFullInAnyLanguage() {
    disk.failAs("Auf dem Gerät ist kein Speicherplatz mehr verfügbar");
    disk.usableSpace(0);
    disk.fail(Step.CREATE_FILE);
    assertThrows(NoSpaceException.class, () -> data.stage(UploadId.random()));
  }

  @Test
  void whatCannotBeRemovedAfterAFailureIsRemovedAsSoonAsItCan() throws IOException {
    Staging failing = staged();
    disk.fail(Step.RENAME);
    disk.fail(Step.DELETE);
    IOException failure = assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    assertTrue(failure.getSuppressed().length > 0);
    assertEquals(1, data.stagings(Optional.empty(), 10).size());
    assertEquals(new Health.Writable(), data.health());
    disk.heal();
    while (!data.stagings(Optional.empty(), 10).isEmpty()) {
      spin();
    }
  }

  @Test
  void aClosedStoreChecksNothingMore() throws IOException {
    Staging failing = staged();
    disk.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    data.close();
    disk.takeSteps();
    disk.heal();
    int closedAt = rounds.get();
    assertEquals(List.of(), disk.takeSteps());
    assertEquals(closedAt, rounds.get());
    assertEquals(List.of(), names(shard()));
  }

  private Staging staged() throws IOException {
    return staged(UploadId.random());
  }

  private Staging staged(UploadId id) throws IOException {
    Staging staging = data.stage(id);
    staging.write(ByteBuffer.wrap(CONTENT));
    return staging;
  }

  /** Waits a moment; the time limit of a test ends it. */
  private static void spin() {
    assertFalse(Thread.interrupted(), "this never happens");
    Thread.onSpinWait();
  }

  private void awaitRound(int round) {
    while (rounds.get() < round) {
      spin();
    }
  }

  private void awaitWritable() {
    while (!data.health().equals(new Health.Writable())) {
      spin();
    }
  }

  private Path shard() {
    return directory.resolve("blobs").resolve("sha256").resolve(SHARD);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
