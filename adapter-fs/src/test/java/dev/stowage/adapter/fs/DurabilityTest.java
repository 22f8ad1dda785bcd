package dev.stowage.adapter.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.fs.ScriptedDisk.Step;
import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The order of the steps to durability, and what a step that fails leaves behind. */
class DurabilityTest {
  private static final byte[] CONTENT = "content".getBytes(UTF_8);
  private static final Digest DIGEST = Digest.canonical(ByteBuffer.wrap(CONTENT));
  private static final String SHARD = DIGEST.hex().substring(0, 2);

  @TempDir Path directory;
  private final ScriptedDisk disk = new ScriptedDisk();
  private final UploadId id = UploadId.random();
  private FileBlobData data;

  @BeforeEach
  void open() throws IOException {
    data = FileBlobData.open(directory, FileOptions.defaults(), disk, round -> Duration.ofDays(1));
    disk.takeSteps();
  }

  @AfterEach
  void close() throws IOException {
    data.close();
  }

  @Test
  void bytesAreForcedBeforeTheNameIsMadeAndTheNameBeforePlaceReturns() throws IOException {
    Staging staging = staged();
    assertEquals(List.of(), disk.takeSteps());
    data.place(staging, DIGEST);
    assertEquals(
        List.of(
            "FORCE_FILE 7 bytes",
            "OPEN_DIRECTORY " + SHARD,
            "RENAME " + id + " to " + DIGEST.hex() + "." + id,
            "FORCE_DIRECTORY " + SHARD,
            "CLOSE_DIRECTORY " + SHARD),
        disk.takeSteps());
  }

  @Test
  void closingForcesWhatWasWritten() throws IOException {
    Staging staging = staged();
    staging.close();
    assertEquals(List.of("FORCE_FILE 7 bytes"), disk.takeSteps());
  }

  @Test
  void closingForcesNothingWhereNothingWasWritten() throws IOException {
    staged().close();
    disk.takeSteps();
    data.reopen(id, StagingState.NONE).orElseThrow().close();
    assertEquals(List.of(), disk.takeSteps());
  }

  @Test
  void closingForcesACut() throws IOException {
    staged().close();
    disk.takeSteps();
    Staging staging = data.reopen(id, StagingState.NONE).orElseThrow();
    staging.truncate(3);
    staging.close();
    assertEquals(List.of("FORCE_FILE 3 bytes"), disk.takeSteps());
  }

  @Test
  void placingForcesEvenWhatWasNotWrittenHere() throws IOException {
    staged().close();
    disk.takeSteps();
    data.place(data.reopen(id, StagingState.NONE).orElseThrow(), DIGEST);
    assertEquals("FORCE_FILE 7 bytes", disk.takeSteps().get(0));
  }

  @Test
  void aFailedForceOnClosingDiscards() throws IOException {
    Staging staging = staged();
    disk.fail(Step.FORCE_FILE);
    assertThrows(IOException.class, staging::close);
    staging.close();
    nothingIsLeft();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"CREATE_FILE", "DELETE"})
  void aStepThatFailsLeavesNothingBehind(Step step) throws IOException {
    Staging staging = staged();
    disk.fail(step);
    assertThrows(IOException.class, () -> data.place(staging, DIGEST));
    nothingIsLeft();
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FORCE_DIRECTORY", "CREATE_FILE", "DELETE"})
  void anOrdinaryFailureStopsNobodyElse(Step step) throws IOException {
    Staging staging = staged();
    disk.fail(step);
    assertThrows(IOException.class, () -> data.place(staging, DIGEST));
    disk.heal();
    disk.takeSteps();
    data.stage(UploadId.random()).close();
    assertEquals(List.of(), disk.takeSteps());
  }

  @Test
  void makingTheStoreForcesEveryDirectoryThatGainsAName() throws IOException {
    data.close();
    Path fresh = directory.resolve("new").resolve("store");
    data = FileBlobData.open(fresh, FileOptions.defaults(), disk, round -> Duration.ofDays(1));
    List<String> steps = disk.takeSteps();
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
    data = FileBlobData.open(directory, FileOptions.defaults(), disk, round -> Duration.ofDays(1));
    List<String> forces =
        disk.takeSteps().stream().filter(step -> step.startsWith("FORCE")).toList();
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

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
