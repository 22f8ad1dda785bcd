package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.fs.ScriptedForcing.Step;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of the steps to durability, and what a step that fails leaves behind. */
class DurabilityTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap(CONTENT));
  private static final String SHARD = DIGEST.hex().substring(0, 2);

  @TempDir Path directory;
  private final ScriptedForcing forcing = new ScriptedForcing();
  private final UploadId id = UploadId.random();
  private FileBlobData data;

  @BeforeEach
  void open() throws IOException {
    data = FileBlobData.open(directory, FileOptions.defaults(), forcing);
    forcing.takeSteps();
  }

  @AfterEach
  void close() throws IOException {
    data.close();
  }

  @Test
  void bytesAreForcedBeforeTheNameIsMadeAndTheNameBeforePlaceReturns() throws IOException {
    Staging staging = staged();
    assertEquals(List.of(), forcing.takeSteps());
    data.place(staging, DIGEST);
    assertEquals(
        List.of(
            "FORCE_FILE 7 bytes",
            "OPEN_DIRECTORY " + SHARD,
            "RENAME " + id + " to " + DIGEST.hex() + "." + id,
            "FORCE_DIRECTORY " + SHARD,
            "CLOSE_DIRECTORY " + SHARD),
        forcing.takeSteps());
  }

  @Test
  void closingForcesWhatWasWritten() throws IOException {
    Staging staging = staged();
    staging.close();
    assertEquals(List.of("FORCE_FILE 7 bytes"), forcing.takeSteps());
  }

  @Test
  void closingForcesNothingWhereNothingWasWritten() throws IOException {
    staged().close();
    forcing.takeSteps();
    data.reopen(id, StagingState.NONE).orElseThrow().close();
    assertEquals(List.of(), forcing.takeSteps());
  }

  @Test
  void closingForcesACut() throws IOException {
    staged().close();
    forcing.takeSteps();
    Staging staging = data.reopen(id, StagingState.NONE).orElseThrow();
    staging.truncate(3);
    staging.close();
    assertEquals(List.of("FORCE_FILE 3 bytes"), forcing.takeSteps());
  }

  @Test
  void placingForcesEvenWhatWasNotWrittenHere() throws IOException {
    staged().close();
    forcing.takeSteps();
    data.place(data.reopen(id, StagingState.NONE).orElseThrow(), DIGEST);
    assertEquals("FORCE_FILE 7 bytes", forcing.takeSteps().get(0));
  }

  @Test
  void aFailedForceOnClosingDiscards() throws IOException {
    Staging staging = staged();
    forcing.fail(Step.FORCE_FILE);
    assertThrows(IOException.class, staging::close);
    staging.close();
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource
  void aStepThatFailsLeavesNothingBehind(Step step) throws IOException {
    Staging staging = staged();
    forcing.fail(step);
    assertThrows(IOException.class, () -> data.place(staging, DIGEST));
    nothingIsLeft();
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORCE_DIRECTORY")
  void anOrdinaryFailureStopsNobodyElse(Step step) throws IOException {
    Staging staging = staged();
    forcing.fail(step);
    assertThrows(IOException.class, () -> data.place(staging, DIGEST));
    forcing.heal();
    forcing.takeSteps();
    data.stage(UploadId.random()).close();
    assertEquals(List.of(), forcing.takeSteps());
  }

  @Test
  void aFailedForceOfADirectoryMakesTheStoreReadOnly() throws IOException {
    Placement before = data.place(data.stage(UploadId.random()), digestOfNothing());
    Staging failing = staged();
    Staging waiting = data.stage(UploadId.random());
    forcing.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));

    assertReadOnly(() -> data.stage(UploadId.random()));
    assertReadOnly(() -> data.place(waiting, digestOfNothing()));

    data.open(before).close();
    assertEquals(List.of(before), data.placements(Optional.empty(), 10));
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void theStoreTakesWritesAgainOnceTheDirectoryIsSound() throws IOException {
    Staging failing = staged();
    forcing.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    assertThrows(IOException.class, () -> data.stage(UploadId.random()));
    forcing.heal();
    forcing.takeSteps();

    Placement placement = data.place(staged(), DIGEST);
    List<String> check =
        List.of("OPEN_DIRECTORY " + SHARD, "FORCE_DIRECTORY " + SHARD, "CLOSE_DIRECTORY " + SHARD);
    List<String> steps = forcing.takeSteps();
    assertEquals(check, steps.subList(0, 3));
    assertEquals(3 + 5, steps.size(), "one check and one commit: " + steps);
    try (InputStream read = Channels.newInputStream(data.open(placement))) {
      assertArrayEquals(CONTENT, read.readAllBytes());
    }
    assertEquals(List.of(placement.value().substring(3)), names(shard()));
  }

  @Test
  void aFileThatCouldNotBeRemovedKeepsTheStoreReadOnly() throws IOException {
    Staging failing = staged();
    forcing.fail(Step.FORCE_DIRECTORY);
    assertThrows(IOException.class, () -> data.place(failing, DIGEST));
    forcing.heal();
    // A directory that is not empty stands for a file that the medium does not let go.
    Path left = shard().resolve(DIGEST.hex() + "." + id);
    Files.createDirectories(left.resolve("more"));
    assertThrows(IOException.class, () -> data.stage(UploadId.random()));
    Files.delete(left.resolve("more"));
    data.stage(UploadId.random()).close();
    assertEquals(List.of(), names(shard()));
  }

  @Test
  void makingTheStoreForcesEveryDirectoryThatGainsAName() throws IOException {
    data.close();
    Path fresh = directory.resolve("new").resolve("store");
    data = FileBlobData.open(fresh, FileOptions.defaults(), forcing);
    List<String> steps = forcing.takeSteps();
    String root = directory.getFileName().toString();
    for (String name : List.of(root, "new", "store", "blobs", "sha256")) {
      assertTrue(steps.contains("FORCE_DIRECTORY " + name), name + " in " + steps);
    }
    assertEquals("RENAME format.new to format", steps.get(steps.size() - 3));
    assertEquals("FORCE_DIRECTORY store", steps.get(steps.size() - 2));
  }

  @Test
  void openingAgainForcesWhatAnEarlierOpeningMayHaveMissed() throws IOException {
    data.close();
    data = FileBlobData.open(directory, FileOptions.defaults(), forcing);
    List<String> forces =
        forcing.takeSteps().stream().filter(step -> step.startsWith("FORCE")).toList();
    assertEquals(
        List.of(
            "FORCE_DIRECTORY sha256",
            "FORCE_DIRECTORY blobs",
            "FORCE_DIRECTORY " + directory.getFileName()),
        forces);
  }

  private Staging staged() throws IOException {
    Staging staging = data.stage(id);
    staging.write(ByteBuffer.wrap(CONTENT));
    return staging;
  }

  private void nothingIsLeft() throws IOException {
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
    assertEquals(List.of(), names(shard()));
  }

  private Path shard() {
    return directory.resolve("blobs").resolve("sha256").resolve(SHARD);
  }

  private static void assertReadOnly(Executable write) {
    String message = String.valueOf(assertThrows(IOException.class, write).getMessage());
    assertTrue(message.contains("read-only"), message);
  }

  private static Digest digestOfNothing() {
    return Digest.canonical(ByteBuffer.allocate(0));
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
