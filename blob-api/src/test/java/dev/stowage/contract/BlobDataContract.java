package dev.stowage.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.UploadId;
import dev.stowage.spi.BlobData;
import dev.stowage.spi.Health;
import dev.stowage.spi.PlacedAs;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Staging;
import dev.stowage.spi.StagingState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BlobData} keeps. */
public abstract class BlobDataContract {
  /** Larger than any chunk that an implementation may copy by, and no multiple of one. */
  private static final int LARGE = (1 << 20) + 17;

  private BlobData data;

  /** Opens the blob data of this test, on which nothing lies yet. */
  protected abstract BlobData open() throws IOException;

  /**
   * Opens what another process would find after this one was closed or killed.
   *
   * @param ended closed, or left with stagings open
   */
  protected abstract BlobData openAfterKill(BlobData ended) throws IOException;

  /** Opens what a process would find after a boot of the machine. */
  protected abstract BlobData openAfterBoot(BlobData ended) throws IOException;

  @BeforeEach
  void openData() throws IOException {
    data = open();
  }

  @AfterEach
  void closeData() throws IOException {
    data.close();
  }

  // Placing

  @Test
  void placedBytesReadBack() throws IOException {
    byte[] content = bytes(LARGE);
    Placement placement = put(content);
    assertArrayEquals(content, read(placement));
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    Placement placement = put(new byte[0]);
    assertArrayEquals(new byte[0], read(placement));
    assertEquals(List.of(placement), data.placements(Optional.empty(), 10));
  }

  @Test
  void placedBytesOutliveTheProcess() throws IOException {
    byte[] content = bytes(1000);
    Placement placement = put(content);
    data.close();
    data = openAfterKill(data);
    assertArrayEquals(content, read(placement));
  }

  @Test
  void placedBytesOutliveTheMachine() throws IOException {
    byte[] content = bytes(1000);
    Placement placement = put(content);
    data = openAfterBoot(data);
    assertArrayEquals(content, read(placement));
  }

  @Test
  void theUniquePartOfAPlacementIsTheUpload() throws IOException {
    UploadId id = UploadId.random();
    assertTrue(put(id, bytes(10)).value().contains(id.toString()));
  }

  @Test
  void theSameBytesTwiceAreTwoPlacements() throws IOException {
    byte[] content = bytes(100);
    Placement first = put(content);
    Placement second = put(content);
    assertNotEquals(first, second);
    data.delete(first);
    assertArrayEquals(content, read(second));
  }

  @Test
  void placingEndsTheStaging() throws IOException {
    UploadId id = UploadId.random();
    Staging staging = staged(id, bytes(10));
    Placement placement = data.place(staging, digest(bytes(10)));

    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
    staging.close();
    staging.discard();
    assertArrayEquals(bytes(10), read(placement));
    assertTrue(data.reopen(id, staging.state()).isEmpty());
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void aClosedStagingIsNotPlacedAndKeepsItsBytes() throws IOException {
    UploadId id = UploadId.random();
    Staging staging = staged(id, bytes(10));
    staging.close();
    assertThrows(IOException.class, () -> data.place(staging, digest(bytes(10))));
    try (Staging next = data.reopen(id, staging.state()).orElseThrow()) {
      assertArrayEquals(bytes(10), content(next));
    }
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
  }

  @Test
  void aDigestThatIsNotCanonicalNamesNoPlacement() throws IOException {
    Staging staging = staged(UploadId.random(), bytes(10));
    Digest alias = Digest.of(DigestAlgorithm.SHA512, ByteBuffer.wrap(bytes(10)));
    assertThrows(IllegalArgumentException.class, () -> data.place(staging, alias));
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void aPlacementSaysWhatWasPlacedAndFromWhere() throws IOException {
    UploadId id = UploadId.random();
    Staging staging = data.stage(id);
    staging.write(ByteBuffer.wrap(bytes(10)));
    Placement placement = data.place(staging, digest(bytes(10)));
    assertEquals(new PlacedAs(digest(bytes(10)), id), data.placedAs(placement));
    data.delete(placement);
    assertEquals(new PlacedAs(digest(bytes(10)), id), data.placedAs(placement));
    assertThrows(IOException.class, () -> data.placedAs(new Placement("elsewhere")));
  }

  @Test
  void manyThreadsPlaceAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Placement>> placements = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int length = i;
        placements.add(threads.submit(() -> put(bytes(length))));
      }
      for (int i = 0; i < 64; i++) {
        assertArrayEquals(bytes(i), read(placements.get(i).get()));
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(64, data.placements(Optional.empty(), 100).size());
  }

  @Test
  void anInterruptIsNoFailure() throws IOException {
    UploadId id = UploadId.random();
    byte[] content = bytes(LARGE);
    Thread.currentThread().interrupt();
    Placement placement;
    try {
      Staging first = data.stage(id);
      first.write(ByteBuffer.wrap(content, 0, 1000));
      first.close();
      Staging second = data.reopen(id, first.state()).orElseThrow();
      second.write(ByteBuffer.wrap(content, 1000, LARGE - 1000));
      placement = data.place(second, digest(content));
    } finally {
      assertTrue(Thread.interrupted(), "the interrupt is left to whom it concerns");
    }
    assertArrayEquals(content, read(placement));
  }

  // Staging

  @Test
  void writesAppend() throws IOException {
    try (Staging staging = data.stage(UploadId.random())) {
      assertEquals(0, staging.size());
      staging.write(ascii("one"));
      staging.write(ascii(""));
      staging.write(ascii("two"));
      assertEquals(6, staging.size());
      assertEquals("onetwo", text(staging));
    }
  }

  @Test
  void everyKindOfBufferIsWrittenWhole() throws IOException {
    byte[] content = bytes(LARGE);
    ByteBuffer direct = ByteBuffer.allocateDirect(LARGE + 2).position(1).limit(LARGE + 1);
    direct.duplicate().put(content);
    ByteBuffer slice = ByteBuffer.allocate(LARGE + 5).position(2).slice().position(3);
    slice.duplicate().put(content);
    ByteBuffer readOnly = ByteBuffer.wrap(content).asReadOnlyBuffer();
    for (ByteBuffer source : List.of(direct, slice, readOnly)) {
      try (Staging staging = data.stage(UploadId.random())) {
        staging.write(source);
        assertFalse(source.hasRemaining());
        assertArrayEquals(content, content(staging));
      }
    }
  }

  @Test
  void whatIsWrittenIsNoLongerTheCallers() throws IOException {
    byte[] content = "before".getBytes(US_ASCII);
    try (Staging staging = data.stage(UploadId.random())) {
      staging.write(ByteBuffer.wrap(content));
      content[0] = 'x';
      assertEquals("before", text(staging));
    }
  }

  @Test
  void anyPartReadsBack() throws IOException {
    try (Staging staging = staged(UploadId.random(), "abcdef".getBytes(US_ASCII))) {
      ByteBuffer target = ByteBuffer.allocate(4);
      target.put((byte) '>');
      assertEquals(3, staging.read(target, 1));
      assertEquals(">bcd", new String(target.array(), US_ASCII));

      assertEquals(2, staging.read(target.clear(), 4));
      assertEquals(-1, staging.read(target.clear(), 6));
      assertEquals(-1, staging.read(target.clear(), 1L << 40));
      assertEquals(0, staging.read(target.clear().limit(0), 0));
    }
  }

  @Test
  void readingDoesNotMoveTheEnd() throws IOException {
    try (Staging staging = staged(UploadId.random(), "abc".getBytes(US_ASCII))) {
      staging.read(ByteBuffer.allocate(1), 0);
      staging.write(ascii("d"));
      assertEquals("abcd", text(staging));
    }
  }

  @Test
  void isCutBackAndGoesOn() throws IOException {
    try (Staging staging = staged(UploadId.random(), "abcdef".getBytes(US_ASCII))) {
      staging.truncate(2);
      assertEquals(2, staging.size());
      staging.write(ascii("XY"));
      assertEquals("abXY", text(staging));
      staging.truncate(4);
      staging.truncate(0);
      assertEquals("", text(staging));
    }
  }

  @Test
  void isNotCutToALargerSize() throws IOException {
    try (Staging staging = staged(UploadId.random(), bytes(3))) {
      assertThrows(IllegalArgumentException.class, () -> staging.truncate(4));
      assertThrows(IllegalArgumentException.class, () -> staging.truncate(-1));
      assertArrayEquals(bytes(3), content(staging));
    }
  }

  @Test
  void aClosedStagingRefusesEverything() throws IOException {
    Staging staging = staged(UploadId.random(), bytes(3));
    staging.close();
    staging.close();
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
    assertThrows(IOException.class, () -> staging.read(ByteBuffer.allocate(1), 0));
    assertThrows(IOException.class, () -> staging.truncate(0));
  }

  @Test
  void reopeningGoesOnAtTheLength() throws IOException {
    UploadId id = UploadId.random();
    Staging first = staged(id, "abc".getBytes(US_ASCII));
    first.close();
    Placement placement;
    try (Staging second = data.reopen(id, first.state()).orElseThrow()) {
      assertEquals(id, second.id());
      assertEquals(3, second.size());
      second.write(ascii("def"));
      placement = data.place(second, digest("abcdef".getBytes(US_ASCII)));
    }
    assertArrayEquals("abcdef".getBytes(US_ASCII), read(placement));
  }

  @Test
  void anUnknownStagingIsNotReopened() throws IOException {
    assertTrue(data.reopen(UploadId.random(), StagingState.NONE).isEmpty());
  }

  @Test
  void aStagingOutlivesAKillOfTheProcess() throws IOException {
    UploadId id = UploadId.random();
    Staging leftOpen = staged(id, bytes(LARGE));
    data = openAfterKill(data);
    byte[] content = bytes(LARGE);
    Staging staging = data.reopen(id, leftOpen.state()).orElseThrow();
    assertArrayEquals(content, content(staging));
    assertArrayEquals(content, read(data.place(staging, digest(content))));
    leftOpen.close();
  }

  @Test
  void aStagingDoesNotOutliveABootOfTheMachine() throws IOException {
    UploadId id = UploadId.random();
    Staging staging = staged(id, bytes(100));
    staging.close();
    data = openAfterBoot(data);
    assertTrue(data.reopen(id, staging.state()).isEmpty());
    assertEquals(List.of(id), data.stagings(Optional.empty(), 10));
    data.discard(id);
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  // Discarding

  @Test
  void aDiscardedStagingIsGone() throws IOException {
    UploadId id = UploadId.random();
    Staging staging = staged(id, bytes(100));
    staging.discard();
    staging.discard();
    staging.close();
    assertThrows(IOException.class, () -> staging.write(ByteBuffer.allocate(1)));
    assertTrue(data.reopen(id, staging.state()).isEmpty());
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void aClosedStagingCanBeDiscarded() throws IOException {
    Staging staging = staged(UploadId.random(), bytes(100));
    staging.close();
    staging.discard();
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  @Test
  void aStagingThatNobodyHasOpenIsDiscardedByItsId() throws IOException {
    UploadId id = UploadId.random();
    staged(id, bytes(100)).close();
    data.discard(id);
    data.discard(id);
    assertTrue(data.reopen(id, StagingState.NONE).isEmpty());
    assertEquals(List.of(), data.stagings(Optional.empty(), 10));
  }

  // Reading

  @Test
  void aChannelSeeksAndKnowsItsSize() throws IOException {
    Placement placement = put("abcdef".getBytes(US_ASCII));
    try (SeekableByteChannel channel = data.open(placement)) {
      assertEquals(6, channel.size());
      ByteBuffer target = ByteBuffer.allocate(2);
      assertEquals(2, channel.position(4).read(target));
      assertEquals("ef", new String(target.array(), US_ASCII));
      assertEquals(-1, channel.read(target.clear()));
    }
  }

  @Test
  void aChannelIsForReadingOnly() throws IOException {
    Placement placement = put(bytes(10));
    try (SeekableByteChannel channel = data.open(placement)) {
      assertThrows(NonWritableChannelException.class, () -> channel.write(ByteBuffer.allocate(1)));
      assertThrows(NonWritableChannelException.class, () -> channel.truncate(0));
    }
    assertArrayEquals(bytes(10), read(placement));
  }

  @Test
  void channelsOfOneBlobHavePositionsOfTheirOwn() throws IOException {
    Placement placement = put(bytes(10));
    try (SeekableByteChannel one = data.open(placement);
        SeekableByteChannel other = data.open(placement)) {
      one.position(7);
      assertEquals(0, other.position());
    }
  }

  @Test
  void absentBytesAreNotOpened() throws IOException {
    Placement placement = put(bytes(10));
    data.delete(placement);
    assertThrows(NoSuchFileException.class, () -> data.open(placement));
  }

  // Deleting

  @Test
  void deletedBytesAreGone() throws IOException {
    Placement kept = put(bytes(10));
    Placement deleted = put(bytes(11));
    data.delete(deleted);
    data.delete(deleted);
    assertEquals(List.of(kept), data.placements(Optional.empty(), 10));
  }

  @Test
  void aChannelStaysReadableWhileTheBytesAreDeletedUnderIt() throws IOException {
    byte[] content = bytes(LARGE);
    Placement placement = put(content);
    try (SeekableByteChannel channel = data.open(placement)) {
      data.delete(placement);
      assertArrayEquals(content, content(channel));
    }
  }

  // Listing

  @Test
  void placementsComeInPages() throws IOException {
    List<Placement> expected = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      // The same bytes again and again, since an engine may group them.
      expected.add(put(bytes(i % 5)));
    }
    List<Placement> all = data.placements(Optional.empty(), 100);
    assertEquals(new TreeSet<>(expected), new TreeSet<>(all));
    for (int limit : List.of(1, 2, 7, 23, 24)) {
      assertEquals(all, pages(limit));
    }
  }

  @Test
  void aPageBeginsAfterAPlacementThatIsDeleted() throws IOException {
    for (int i = 0; i < 9; i++) {
      put(bytes(i));
    }
    List<Placement> all = data.placements(Optional.empty(), 100);
    data.delete(all.get(4));
    assertEquals(all.subList(5, 9), data.placements(Optional.of(all.get(4)), 100));
  }

  @Test
  void stagingsComeInPages() throws IOException {
    TreeSet<UploadId> expected = new TreeSet<>();
    for (int i = 0; i < 7; i++) {
      UploadId id = UploadId.random();
      staged(id, bytes(i)).close();
      expected.add(id);
    }
    List<UploadId> found = new ArrayList<>();
    List<UploadId> page = data.stagings(Optional.empty(), 3);
    while (!page.isEmpty()) {
      assertTrue(page.size() == 3 || found.size() + page.size() == 7);
      found.addAll(page);
      page = data.stagings(Optional.of(page.get(page.size() - 1)), 3);
    }
    assertEquals(7, found.size());
    assertEquals(expected, new TreeSet<>(found));
  }

  @Test
  void aStagingIsNoPlacement() throws IOException {
    staged(UploadId.random(), bytes(10)).close();
    assertEquals(List.of(), data.placements(Optional.empty(), 10));
  }

  @Test
  void aMediumWithoutFaultTakesChanges() {
    assertEquals(new Health.Writable(), data.health());
  }

  @Test
  void aPageHasAtLeastOneItem() {
    assertThrows(IllegalArgumentException.class, () -> data.placements(Optional.empty(), 0));
    assertThrows(IllegalArgumentException.class, () -> data.stagings(Optional.empty(), 0));
  }

  private List<Placement> pages(int limit) throws IOException {
    List<Placement> found = new ArrayList<>();
    List<Placement> page = data.placements(Optional.empty(), limit);
    while (!page.isEmpty()) {
      assertTrue(page.size() <= limit);
      found.addAll(page);
      page = data.placements(Optional.of(page.get(page.size() - 1)), limit);
    }
    return found;
  }

  private Placement put(byte[] content) throws IOException {
    return put(UploadId.random(), content);
  }

  private Placement put(UploadId id, byte[] content) throws IOException {
    return data.place(staged(id, content), digest(content));
  }

  private Staging staged(UploadId id, byte[] content) throws IOException {
    Staging staging = data.stage(id);
    staging.write(ByteBuffer.wrap(content));
    return staging;
  }

  private byte[] read(Placement placement) throws IOException {
    try (SeekableByteChannel channel = data.open(placement)) {
      return content(channel);
    }
  }

  private static byte[] content(SeekableByteChannel channel) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(100_000);
    while (channel.read(buffer) >= 0) {
      content.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return content.toByteArray();
  }

  private static byte[] content(Staging staging) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(100_000);
    while (staging.read(buffer, content.size()) >= 0) {
      content.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return content.toByteArray();
  }

  private static String text(Staging staging) throws IOException {
    return new String(content(staging), US_ASCII);
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(US_ASCII));
  }

  /** The same bytes for the same length. */
  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static Digest digest(byte[] content) {
    return Digest.canonical(ByteBuffer.wrap(content));
  }
}
