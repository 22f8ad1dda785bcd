package dev.stowage.adapter.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the directory. */
class StoreDirectoryTest {
  private static final FileOptions OPTIONS = FileOptions.defaults().withBootId("boot");
  private static final Digest EMPTY = Digest.canonical(ByteBuffer.allocate(0));

  @TempDir Path directory;

  @Test
  void aNewStoreHasEveryShardAndAMarker() throws IOException {
    open().close();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      expected.add(String.format("%02x", i));
    }
    assertEquals(expected, names(shards()));
    assertEquals("stowage-files 1\n", Files.readString(directory.resolve("format")));
    assertEquals(List.of("blobs", "format", "lock", "uploads"), names(directory));
  }

  @Test
  void aBlobIsOneFileThatTellsItsDigestAndUpload() throws IOException {
    UploadId id = UploadId.random();
    try (BlobData data = open()) {
      Staging staging = data.stage(id);
      staging.write(ByteBuffer.wrap(new byte[0]));
      assertTrue(Files.exists(directory.resolve("uploads/boot/" + id)));
      Placement placement = data.place(staging, EMPTY);
      assertEquals("e3/" + EMPTY.hex() + "." + id, placement.value());
      assertTrue(Files.exists(shards().resolve(placement.value())));
      assertEquals(List.of(), names(directory.resolve("uploads/boot")));
    }
  }

  @Test
  void anUnknownFormatIsRefused() throws IOException {
    open().close();
    Files.writeString(directory.resolve("format"), "stowage-files 2\n");
    IOException refused = assertThrows(IOException.class, this::open);
    assertEquals(
        directory
            + " is in the format \"stowage-files 2\", and this version reads only"
            + " \"stowage-files 1\"",
        refused.getMessage());
  }

  @Test
  void anEmptyMarkerIsRefused() throws IOException {
    Files.createFile(directory.resolve("format"));
    assertThrows(IOException.class, this::open);
  }

  @Test
  void aStoreThatWasLeftHalfMadeIsCompleted() throws IOException {
    open().close();
    Files.delete(directory.resolve("format"));
    Files.delete(shards().resolve("00"));
    Files.delete(shards().resolve("7f"));
    Files.writeString(directory.resolve("format.new"), "stowage-files 1 and more");
    open().close();
    assertEquals(256, names(shards()).size());
    assertEquals("stowage-files 1\n", Files.readString(directory.resolve("format")));
  }

  @Test
  void aCopyWithoutItsEmptyDirectoriesIsCompleted() throws IOException {
    Placement placement;
    try (BlobData data = open()) {
      placement = data.place(data.stage(UploadId.random()), EMPTY);
    }
    for (String name : names(shards())) {
      if (!name.equals("e3")) {
        Files.delete(shards().resolve(name));
      }
    }
    Files.delete(directory.resolve("uploads/boot"));
    Files.delete(directory.resolve("uploads"));
    try (BlobData data = open()) {
      assertEquals(List.of(placement), data.placements(Optional.empty(), 10));
      assertEquals(256, names(shards()).size());
      data.stage(UploadId.random()).discard();
    }
  }

  @Test
  void aFileInTheWayOfADirectoryIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThrows(IOException.class, () -> FileBlobData.open(file, OPTIONS));
    assertThrows(IOException.class, () -> FileBlobData.open(file.resolve("below"), OPTIONS));
  }

  @Test
  void filesThatAreNotOursAreNotListed() throws IOException {
    try (BlobData data = open()) {
      Placement placement = data.place(data.stage(UploadId.random()), EMPTY);
      UploadId id = UploadId.random();
      data.stage(id).close();
      Files.createFile(shards().resolve("e3/check"));
      Files.createFile(shards().resolve("00").resolve(placement.value().substring(3)));
      Files.createDirectory(shards().resolve("lost+found"));
      Files.createFile(directory.resolve("uploads/stray"));
      Files.createFile(directory.resolve("uploads/boot/stray"));
      assertEquals(List.of(placement), data.placements(Optional.empty(), 10));
      assertEquals(List.of(id), data.stagings(Optional.empty(), 10));
      data.discard(id);
    }
    open().close();
    assertTrue(Files.exists(directory.resolve("uploads/stray")));
  }

  @Test
  void aSecondStagingOfAnUploadIsRefusedAndTheFirstUnharmed() throws IOException {
    try (BlobData data = open()) {
      UploadId id = UploadId.random();
      try (Staging first = data.stage(id)) {
        first.write(ByteBuffer.allocate(3));
        assertThrows(FileAlreadyExistsException.class, () -> data.stage(id));
      }
      assertEquals(3, Files.size(directory.resolve("uploads/boot/" + id)));
    }
  }

  @Test
  void stagingsOfAnotherBootAreListedAmongOursAndDiscarded() throws IOException {
    List<UploadId> ids = Stream.generate(UploadId::random).limit(6).sorted().toList();
    try (BlobData data = open()) {
      for (int i = 0; i < 6; i += 2) {
        data.stage(ids.get(i)).close();
      }
    }
    try (BlobData data = FileBlobData.open(directory, OPTIONS.withBootId("next"))) {
      for (int i = 1; i < 6; i += 2) {
        data.stage(ids.get(i)).close();
      }
      assertEquals(ids.subList(0, 4), data.stagings(Optional.empty(), 4));
      assertEquals(ids.subList(4, 6), data.stagings(Optional.of(ids.get(3)), 4));
      assertTrue(data.reopen(ids.get(0), StagingState.NONE).isEmpty());
      for (UploadId id : ids) {
        data.discard(id);
      }
      assertEquals(List.of(), data.stagings(Optional.empty(), 4));
    }
  }

  @Test
  void theDirectoriesOfEarlierBootsGoOnceTheyAreEmpty() throws IOException {
    UploadId left = UploadId.random();
    for (String boot : List.of("one", "two", "three")) {
      try (BlobData data = FileBlobData.open(directory, OPTIONS.withBootId(boot))) {
        Staging staging = data.stage(boot.equals("two") ? left : UploadId.random());
        if (boot.equals("two")) {
          staging.close();
        } else {
          staging.discard();
        }
      }
    }
    open().close();
    assertEquals(List.of("two"), names(directory.resolve("uploads")));
  }

  @Test
  void aBlobIsReadThroughItsFile() throws IOException {
    try (BlobData data = open()) {
      Placement placement = data.place(data.stage(UploadId.random()), EMPTY);
      try (SeekableByteChannel channel = data.open(placement)) {
        assertInstanceOf(FileChannel.class, channel);
      }
    }
  }

  @Test
  void aPlacementThatLeavesTheDirectoryIsRefused() throws IOException {
    Path outside = Files.createFile(directory.resolve("outside"));
    try (BlobData data = open()) {
      Placement placement = new Placement("../../outside");
      assertThrows(IOException.class, () -> data.open(placement));
      assertThrows(IOException.class, () -> data.delete(placement));
      assertThrows(IOException.class, () -> data.placements(Optional.of(placement), 1));
    }
    assertTrue(Files.exists(outside));
  }

  @Test
  void aStagingOfAnotherStoreIsRefused() throws IOException {
    try (BlobData data = FileBlobData.open(directory.resolve("one"), OPTIONS);
        BlobData other = FileBlobData.open(directory.resolve("other"), OPTIONS);
        Staging staging = other.stage(UploadId.random())) {
      assertThrows(IllegalArgumentException.class, () -> data.place(staging, EMPTY));
    }
  }

  @Test
  void aClosedStoreRefusesEverything() throws IOException {
    BlobData data = open();
    UploadId id = UploadId.random();
    Placement placement = data.place(data.stage(id), EMPTY);
    Staging staging = data.stage(id);
    data.close();
    data.close();
    assertThrows(IOException.class, () -> data.stage(id));
    assertThrows(IOException.class, () -> data.reopen(id, StagingState.NONE));
    assertThrows(IOException.class, () -> data.place(staging, EMPTY));
    assertThrows(IOException.class, () -> data.open(placement));
    assertThrows(IOException.class, () -> data.delete(placement));
    assertThrows(IOException.class, () -> data.discard(id));
    assertThrows(IOException.class, () -> data.placements(Optional.empty(), 1));
    assertThrows(IOException.class, () -> data.stagings(Optional.empty(), 1));
    assertEquals(
        List.of(id.toString()),
        names(directory.resolve("uploads/boot")),
        "another process may have the directory by now");
  }

  @Test
  void aStoreWithoutDirectorySyncKeepsItsBlobs() throws IOException {
    Placement placement;
    try (BlobData data = FileBlobData.open(directory, OPTIONS.withDirectorySync(false))) {
      placement = data.place(data.stage(UploadId.random()), EMPTY);
    }
    try (BlobData data = open()) {
      data.open(placement).close();
      assertFalse(data.placements(Optional.empty(), 1).isEmpty());
    }
  }

  private FileBlobData open() throws IOException {
    return FileBlobData.open(directory, OPTIONS);
  }

  private Path shards() {
    return directory.resolve("blobs").resolve("sha256");
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
