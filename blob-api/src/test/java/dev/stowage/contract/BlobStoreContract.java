package dev.stowage.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobExistsException;
import dev.stowage.blob.BlobStore;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.ChunkOutOfOrderException;
import dev.stowage.blob.ContentTooLargeException;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.DigestAlgorithm;
import dev.stowage.blob.InvalidDigestException;
import dev.stowage.blob.InvalidLengthException;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadId;
import dev.stowage.blob.UploadTakenOverException;
import dev.stowage.blob.UploadUnknownException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BlobStore} keeps, with deletion switched on. */
public abstract class BlobStoreContract {
  /** Larger than any buffer that an implementation may copy by, and no multiple of one. */
  private static final int LARGE = (1 << 20) + 17;

  private static final MediaType TEXT = new MediaType("text/plain");
  private static final int LIMIT = 4 << 20;

  private BlobStore store;

  /** Opens the store of this test, which holds nothing yet; the test class closes it. */
  protected abstract BlobStore open() throws IOException;

  @BeforeEach
  final void openStore() throws IOException {
    store = open();
  }

  // Reading

  @Test
  void whatWasPutIsGivenBackInEveryWay() throws IOException {
    byte[] content = bytes(LARGE);
    Descriptor descriptor = store.put(TEXT, ByteBuffer.wrap(content));
    assertEquals(new Descriptor(TEXT, LARGE, canonical(content)), descriptor);
    assertEquals(descriptor, store.stat(descriptor.digest()));
    assertHolds(content, descriptor.digest());
  }

  @Test
  void anUnknownDigestIsUnknownToEveryMethod() {
    for (Digest digest : new Digest[] {canonical("no".getBytes(UTF_8)), sha512(bytes(3))}) {
      assertEquals(
          digest, assertThrows(BlobUnknownException.class, () -> store.stat(digest)).digest());
      assertThrows(BlobUnknownException.class, () -> store.get(digest, LIMIT));
      assertThrows(BlobUnknownException.class, () -> store.open(digest));
      assertThrows(BlobUnknownException.class, () -> store.serve(digest));
      assertThrows(BlobUnknownException.class, () -> store.delete(digest));
    }
  }

  @Test
  void contentLargerThanTheLimitIsNotGivenWhole() throws IOException {
    Digest digest = store.put(TEXT, ByteBuffer.wrap(bytes(100))).digest();
    ContentTooLargeException refusal =
        assertThrows(ContentTooLargeException.class, () -> store.get(digest, 99));
    assertEquals(100, refusal.size());
    assertEquals(99, refusal.limit());
    assertEquals(100, store.get(digest, 100).remaining());
  }

  @Test
  void anOpenChannelReadsFromAnyPosition() throws IOException {
    byte[] content = bytes(1000);
    Digest digest = store.put(TEXT, ByteBuffer.wrap(content)).digest();
    try (SeekableByteChannel channel = store.open(digest)) {
      channel.position(990);
      assertArrayEquals(Arrays.copyOfRange(content, 990, 1000), rest(channel));
      channel.position(0);
      assertArrayEquals(content, rest(channel));
    }
  }

  // Putting

  @Test
  void puttingLeavesTheBufferAsItWas() throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes(20)).position(5).limit(15);
    Descriptor descriptor = store.put(TEXT, buffer);
    assertEquals(10, descriptor.size());
    assertEquals(5, buffer.position());
    assertEquals(15, buffer.limit());
  }

  @Test
  void puttingTwiceChangesNothing() throws IOException {
    Descriptor first = store.put(TEXT, ByteBuffer.wrap(bytes(10)));
    assertEquals(first, store.put(TEXT, ByteBuffer.wrap(bytes(10))));
    assertHolds(bytes(10), first.digest());
  }

  @Test
  void anEmptyBlobIsABlob() throws IOException {
    Digest digest = canonical(new byte[0]);
    try (BlobWriter writer = store.create()) {
      assertEquals(0, writer.commit(Provisional.of(digest)).size());
    }
    assertHolds(new byte[0], digest);
    store.delete(digest);
    assertEquals(0, store.put(TEXT, ByteBuffer.allocate(0)).size());
    assertHolds(new byte[0], digest);
  }

  // Uploads

  @Test
  void writtenBytesBecomeABlobByTheCommit() throws IOException {
    byte[] content = bytes(LARGE);
    Digest digest = canonical(content);
    try (BlobWriter writer = store.create()) {
      ByteBuffer source = ByteBuffer.wrap(content).limit(1000);
      assertEquals(1000, writer.write(source));
      assertFalse(source.hasRemaining());
      assertEquals(1000, writer.size());
      assertEquals(LARGE - 1000, writer.transferFrom(channel(content, 1000, LARGE)));
      assertEquals(LARGE, writer.size());
      assertThrows(BlobUnknownException.class, () -> store.stat(digest));

      Descriptor descriptor = writer.commit(Provisional.of(digest));
      assertEquals(new Descriptor(MediaType.OCTET_STREAM, LARGE, digest), descriptor);
      assertFalse(writer.isOpen());
      assertEquals(descriptor, store.stat(digest));
    }
    assertHolds(content, digest);
  }

  @Test
  void aCommitKeepsTheClaimedMediaType() throws IOException {
    Digest digest = canonical(bytes(7));
    try (BlobWriter writer = written(bytes(7))) {
      writer.commit(new Provisional(digest, OptionalLong.of(7), Optional.of(TEXT)));
    }
    assertEquals(new Descriptor(TEXT, 7, digest), store.stat(digest));
  }

  @Test
  void uploadsHaveNamesOfTheirOwn() throws IOException {
    try (BlobWriter one = store.create();
        BlobWriter other = store.create()) {
      assertNotEquals(one.id(), other.id());
      one.write(ByteBuffer.wrap(bytes(3)));
      assertEquals(0, other.size());
    }
  }

  @Test
  void aClosedUploadIsResumedWhereItStood() throws IOException {
    byte[] content = bytes(1000);
    BlobWriter first = written(Arrays.copyOf(content, 400));
    first.close();
    first.close();
    assertFalse(first.isOpen());
    assertThrows(ClosedChannelException.class, () -> first.write(ByteBuffer.allocate(1)));
    assertThrows(
        ClosedChannelException.class, () -> first.transferFrom(channel(content, 400, 1000)));

    try (BlobWriter second = store.resume(first.id())) {
      assertEquals(first.id(), second.id());
      assertEquals(first.startedAt(), second.startedAt());
      assertEquals(400, second.size());
      second.write(ByteBuffer.wrap(content, 400, 600));
      second.commit(Provisional.of(canonical(content)));
    }
    assertHolds(content, canonical(content));
  }

  @Test
  void anUploadThatNobodyBeganIsUnknown() {
    UploadId id = UploadId.random();
    assertEquals(id, assertThrows(UploadUnknownException.class, () -> store.resume(id)).id());
  }

  @Test
  void aCommittedUploadIsUnknown() throws IOException {
    BlobWriter writer = written(bytes(5));
    BlobWriter newer = store.resume(writer.id());
    newer.commit(Provisional.of(canonical(bytes(5))));
    assertThrows(UploadUnknownException.class, () -> store.resume(writer.id()));
    assertThrows(UploadUnknownException.class, () -> writer.write(ByteBuffer.allocate(1)));
    assertThrows(
        UploadUnknownException.class, () -> store.resume(writer.id()).commit(claim(bytes(5))));
    writer.cancel();
    newer.cancel();
    newer.cancel();
    newer.close();
    writer.close();
    assertHolds(bytes(5), canonical(bytes(5)));
  }

  @Test
  void aCancelledUploadIsUnknownAndMayBeCancelledAgain() throws IOException {
    BlobWriter writer = written(bytes(5));
    writer.cancel();
    writer.cancel();
    writer.close();
    assertThrows(UploadUnknownException.class, () -> store.resume(writer.id()));
    assertThrows(BlobUnknownException.class, () -> store.stat(canonical(bytes(5))));
  }

  @Test
  void aWrongLengthKeepsTheUpload() throws IOException {
    try (BlobWriter writer = written(bytes(5))) {
      Digest digest = canonical(bytes(5));
      InvalidLengthException refusal =
          assertThrows(
              InvalidLengthException.class,
              () -> writer.commit(new Provisional(digest, OptionalLong.of(6), Optional.empty())));
      assertEquals(6, refusal.expected());
      assertEquals(5, refusal.actual());
      assertTrue(writer.isOpen());
      writer.commit(new Provisional(digest, OptionalLong.of(5), Optional.empty()));
      assertHolds(bytes(5), digest);
    }
  }

  @Test
  void aWrongDigestKeepsTheUpload() throws IOException {
    UploadId id;
    try (BlobWriter writer = written(bytes(5))) {
      id = writer.id();
      for (Digest wrong : new Digest[] {canonical(bytes(6)), sha512(bytes(6))}) {
        InvalidDigestException refusal =
            assertThrows(InvalidDigestException.class, () -> writer.commit(Provisional.of(wrong)));
        assertEquals(Optional.of(wrong), refusal.expected());
        assertEquals(
            Optional.of(Digest.of(wrong.algorithm(), ByteBuffer.wrap(bytes(5)))), refusal.actual());
        assertThrows(BlobUnknownException.class, () -> store.stat(wrong));
      }
      assertTrue(writer.isOpen());
    }
    try (BlobWriter writer = store.resume(id)) {
      assertEquals(5, writer.size());
      writer.commit(claim(bytes(5)));
    }
  }

  @Test
  void theSameContentMayBeCommittedTwice() throws IOException {
    try (BlobWriter one = written(bytes(50));
        BlobWriter other = written(bytes(50))) {
      assertEquals(one.commit(claim(bytes(50))), other.commit(claim(bytes(50))));
    }
    assertHolds(bytes(50), canonical(bytes(50)));
  }

  // Taking over

  @Test
  void aNewerWriterTakesTheUploadOver() throws IOException {
    byte[] content = bytes(10);
    BlobWriter older = written(Arrays.copyOf(content, 4));
    try (BlobWriter newer = store.resume(older.id())) {
      assertThrows(UploadTakenOverException.class, () -> older.write(ByteBuffer.allocate(3)));
      assertThrows(
          UploadTakenOverException.class, () -> older.transferFrom(channel(content, 0, 3)));
      assertThrows(
          UploadTakenOverException.class, () -> older.transferFrom(channel(content, 4, 5), 4, 1));
      assertThrows(
          UploadTakenOverException.class, () -> older.commit(claim(Arrays.copyOf(content, 4))));
      UploadTakenOverException refusal =
          assertThrows(UploadTakenOverException.class, older::cancel);
      assertEquals(older.id(), refusal.id());
      assertEquals(4, refusal.size());

      older.close();
      newer.write(ByteBuffer.wrap(content, 4, 6));
      newer.commit(claim(content));
    }
    assertHolds(content, canonical(content));
  }

  @Test
  void aChunkThatIsTakenOverIsCutBack() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter older = written(Arrays.copyOf(content, 100))) {
      BlobWriter[] newer = new BlobWriter[1];
      ReadableByteChannel source =
          new Interruption(
              channel(content, 100, LARGE),
              LARGE / 2,
              () -> {
                assertTrue(older.size() > LARGE / 2, "the chunk is under way");
                newer[0] = store.resume(older.id());
              });
      assertThrows(
          UploadTakenOverException.class, () -> older.transferFrom(source, 100, LARGE - 100));
      try (BlobWriter writer = newer[0]) {
        assertEquals(100, writer.size());
        writer.transferFrom(channel(content, 100, LARGE), 100, LARGE - 100);
        writer.commit(claim(content));
      }
    }
    assertHolds(content, canonical(content));
  }

  // Chunks

  @Test
  void aChunkIsAppendedWhole() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter writer = store.create()) {
      writer.transferFrom(channel(content, 0, 10), 0, 10);
      writer.transferFrom(channel(content, 10, 10), 10, 0);
      writer.transferFrom(channel(content, 10, LARGE), 10, LARGE - 10);
      assertEquals(LARGE, writer.size());
      writer.commit(claim(content));
    }
    assertHolds(content, canonical(content));
  }

  @Test
  void aChunkOutOfOrderIsRefusedUnread() throws IOException {
    try (BlobWriter writer = written(bytes(10))) {
      for (long offset : new long[] {0, 9, 11}) {
        ReadableByteChannel source = channel(bytes(5), 0, 5);
        ChunkOutOfOrderException refusal =
            assertThrows(
                ChunkOutOfOrderException.class, () -> writer.transferFrom(source, offset, 5));
        assertEquals(10, refusal.expected());
        assertEquals(offset, refusal.actual());
        assertEquals(5, source.read(ByteBuffer.allocate(10)));
      }
      assertEquals(10, writer.size());
      writer.commit(claim(bytes(10)));
    }
  }

  @Test
  void aChunkOfAnotherLengthIsNotKept() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter writer = written(Arrays.copyOf(content, 100))) {
      for (long announced : new long[] {0, 1, LARGE - 101, LARGE - 99, Long.MAX_VALUE}) {
        assertThrows(
            InvalidLengthException.class,
            () -> writer.transferFrom(channel(content, 100, LARGE), 100, announced),
            () -> "announced as " + announced);
        assertEquals(100, writer.size());
      }
      writer.transferFrom(channel(content, 100, LARGE), 100, LARGE - 100);
      writer.commit(claim(content));
    }
    assertHolds(content, canonical(content));
  }

  @Test
  void aChunkWhoseSourceFailsIsNotKept() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter writer = written(Arrays.copyOf(content, 100))) {
      IOException failure = new IOException("the client is gone");
      ReadableByteChannel source =
          new Interruption(
              channel(content, 100, LARGE),
              LARGE / 2,
              () -> {
                throw failure;
              });
      assertEquals(
          failure,
          assertThrows(IOException.class, () -> writer.transferFrom(source, 100, LARGE - 100)));
      assertEquals(100, writer.size());
      writer.transferFrom(channel(content, 100, LARGE), 100, LARGE - 100);
      writer.commit(claim(content));
    }
  }

  @Test
  void aStreamWhoseSourceFailsKeepsWhatCame() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter writer = store.create()) {
      ReadableByteChannel source =
          new Interruption(
              channel(content, 0, LARGE),
              LARGE / 2,
              () -> {
                throw new IOException("the client is gone");
              });
      assertThrows(IOException.class, () -> writer.transferFrom(source));
      int kept = Math.toIntExact(writer.size());
      assertTrue(kept >= LARGE / 2, () -> "kept " + kept);
      writer.transferFrom(channel(content, kept, LARGE));
      writer.commit(claim(content));
    }
    assertHolds(content, canonical(content));
  }

  // Other algorithms

  @Test
  void contentIsKnownByEveryDigestThatItWasCommittedWith() throws IOException {
    byte[] content = bytes(1000);
    Digest alias = sha512(content);
    try (BlobWriter writer = store.create(DigestAlgorithm.SHA512)) {
      writer.write(ByteBuffer.wrap(content));
      assertEquals(canonical(content), writer.commit(Provisional.of(alias)).digest());
    }
    assertEquals(canonical(content), store.stat(alias).digest());
    assertHolds(content, alias);
    assertHolds(content, canonical(content));
  }

  @Test
  void anotherAlgorithmMayBeNamedAtTheCommit() throws IOException {
    byte[] content = bytes(LARGE);
    try (BlobWriter writer = written(content)) {
      writer.commit(Provisional.of(sha512(content)));
    }
    assertHolds(content, sha512(content));
    assertHolds(content, canonical(content));
  }

  @Test
  void aDigestOfAnotherAlgorithmIsUnknownUntilItWasNamed() throws IOException {
    store.put(TEXT, ByteBuffer.wrap(bytes(9)));
    assertThrows(BlobUnknownException.class, () -> store.stat(sha512(bytes(9))));
    try (BlobWriter writer = written(bytes(9))) {
      writer.commit(Provisional.of(sha512(bytes(9))));
    }
    assertHolds(bytes(9), sha512(bytes(9)));
  }

  @Test
  void whatIsHereNeedNotBeUploaded() throws IOException {
    byte[] content = bytes(30);
    for (Digest digest : new Digest[] {canonical(content), sha512(content)}) {
      try (BlobWriter writer = store.create(digest)) {
        writer.write(ByteBuffer.wrap(content));
        writer.commit(Provisional.of(digest));
      }
      BlobExistsException refusal =
          assertThrows(BlobExistsException.class, () -> store.create(digest));
      assertEquals(store.stat(digest), refusal.descriptor());
    }
  }

  // Deleting

  @Test
  void aDeletedBlobIsUnknownUnderEveryDigest() throws IOException {
    byte[] content = bytes(30);
    for (Digest by : new Digest[] {canonical(content), sha512(content)}) {
      try (BlobWriter writer = written(content)) {
        writer.commit(Provisional.of(sha512(content)));
      }
      store.delete(by);
      assertThrows(BlobUnknownException.class, () -> store.stat(canonical(content)));
      assertThrows(BlobUnknownException.class, () -> store.stat(sha512(content)));
      assertThrows(BlobUnknownException.class, () -> store.delete(by));
    }
    store.put(TEXT, ByteBuffer.wrap(content));
    assertHolds(content, canonical(content));
    assertThrows(BlobUnknownException.class, () -> store.stat(sha512(content)));
  }

  @Test
  void readersFinishWhileTheBlobIsDeletedUnderThem() throws IOException {
    byte[] content = bytes(LARGE);
    Digest digest = store.put(TEXT, ByteBuffer.wrap(content)).digest();
    try (SeekableByteChannel channel = store.open(digest);
        BlobDelivery delivery = store.serve(digest)) {
      store.delete(digest);
      assertThrows(BlobUnknownException.class, () -> store.open(digest));
      assertArrayEquals(content, rest(channel));
      if (delivery instanceof BlobDelivery.Content served) {
        assertArrayEquals(content, rest(served.channel()));
      }
    }
  }

  // What the tests are made of

  /** Something that happens while a source is read. */
  private interface Event {
    void happen() throws IOException;
  }

  /** A source at which something happens once, between two reads, when enough was read. */
  private static final class Interruption implements ReadableByteChannel {
    private final ReadableByteChannel source;
    private final Event event;
    private long toGo;

    Interruption(ReadableByteChannel source, long after, Event event) {
      this.source = source;
      this.toGo = after;
      this.event = event;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      if (toGo <= 0) {
        toGo = Long.MAX_VALUE;
        event.happen();
      }
      int read = source.read(target);
      toGo -= read;
      return read;
    }

    @Override
    public boolean isOpen() {
      return source.isOpen();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private BlobWriter written(byte[] content) throws IOException {
    BlobWriter writer = store.create();
    writer.write(ByteBuffer.wrap(content));
    return writer;
  }

  private void assertHolds(byte[] content, Digest digest) throws IOException {
    assertEquals(content.length, store.stat(digest).size());
    assertEquals(ByteBuffer.wrap(content), store.get(digest, LIMIT));
    try (SeekableByteChannel channel = store.open(digest)) {
      assertEquals(content.length, channel.size());
      assertArrayEquals(content, rest(channel));
    }
    try (BlobDelivery delivery = store.serve(digest)) {
      assertEquals(store.stat(digest), delivery.descriptor());
      if (delivery instanceof BlobDelivery.Content served) {
        assertArrayEquals(content, rest(served.channel()));
      }
    }
  }

  private static byte[] rest(SeekableByteChannel channel) throws IOException {
    return Channels.newInputStream(channel).readAllBytes();
  }

  private static ReadableByteChannel channel(byte[] content, int from, int to) {
    return Channels.newChannel(new ByteArrayInputStream(content, from, to - from));
  }

  private static Provisional claim(byte[] content) {
    return Provisional.of(canonical(content));
  }

  private static Digest canonical(byte[] content) {
    return Digest.canonical(ByteBuffer.wrap(content));
  }

  private static Digest sha512(byte[] content) {
    return Digest.of(DigestAlgorithm.SHA512, ByteBuffer.wrap(content));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
