package dev.stowage.core;

import static dev.stowage.core.Bench.A;
import static dev.stowage.core.Bench.B;
import static dev.stowage.core.Bench.claim;
import static dev.stowage.core.Bench.content;
import static dev.stowage.core.Bench.digest;
import static dev.stowage.core.Bench.sha512;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.blob.BlobDelivery;
import dev.stowage.blob.BlobUnknownException;
import dev.stowage.blob.BlobWriter;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.Provisional;
import dev.stowage.blob.UploadUnknownException;
import dev.stowage.contract.FaultyBlobData.Operation;
import dev.stowage.contract.FaultyMetadataStore.Moment;
import dev.stowage.registry.Reference;
import dev.stowage.registry.Tag;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.Placement;
import dev.stowage.spi.StoredBlob;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left when the medium fails at any one step: never half of something. */
class FailuresTest {
  private static final MediaType TYPE = MediaType.OCTET_STREAM;

  private final Bench bench = Bench.open();

  FailuresTest() throws IOException {}

  @AfterEach
  void nothingIsLeftOpen() throws IOException {
    bench.close();
  }

  // Beginning

  @Test
  void anUploadThatCannotBeStagedLeavesNothing() throws IOException {
    bench.bytes.failNth(Operation.STAGE, 1);
    assertThrows(IOException.class, () -> bench.blobs().create());
    bench.assertNoUploads();
    bench.written("content").commit(claim("content"));
  }

  @Test
  void anUploadThatCannotBeRecordedIsNotStaged() throws IOException {
    bench.facts.failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertThrows(IOException.class, () -> bench.blobs().create());
    assertEquals(0, bench.bytes.count(Operation.STAGE));
    bench.assertNoUploads();
  }

  @Test
  void anUploadRecordedUnheardOfIsForgottenAtTheNextOpening() throws IOException {
    bench.facts.failWrite(1, Moment.AFTER_THE_EFFECT);
    assertThrows(IOException.class, () -> bench.blobs().create());
    assertEquals(1, bench.uploads().size());
    assertThrows(
        UploadUnknownException.class, () -> bench.blobs().resume(bench.uploads().get(0).id()));
    bench.assertNoUploads();
  }

  // Writing

  @Test
  void aWriteThatFailsLeavesTheUploadAsItWas() throws IOException {
    BlobWriter writer = bench.written("first ");
    bench.bytes.failNth(Operation.STAGING_WRITE, 1);
    assertThrows(IOException.class, () -> writer.write(content("second")));
    assertEquals(6, writer.size());
    writer.write(content("second"));
    writer.commit(claim("first second"));
  }

  @Test
  void anUploadThatCannotBeCutBackIsUnknown() throws IOException {
    BlobWriter writer = bench.written("first ");
    bench.bytes.failNth(Operation.STAGING_WRITE, 1);
    bench.bytes.failNth(Operation.STAGING_TRUNCATE, 1);
    IOException failure = assertThrows(IOException.class, () -> writer.write(content("second")));
    assertEquals(1, failure.getSuppressed().length);
    assertThrows(UploadUnknownException.class, () -> writer.write(content("more")));
    assertThrows(UploadUnknownException.class, () -> writer.commit(claim("first ")));
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.assertNoUploads();
  }

  @Test
  void aChunkThatCannotBeWrittenIsCutBackWhole() throws IOException {
    BlobWriter writer = bench.written("whole");
    bench.bytes.failNth(Operation.STAGING_WRITE, 2);
    assertThrows(
        IOException.class,
        () -> writer.transferFrom(new TextChannel("par", "tly", () -> {}), 5, 6));
    assertEquals(5, writer.size());
    writer.commit(claim("whole"));
  }

  @Test
  void aTakeoverThatCannotCutTheChunkBackLosesTheUpload() throws IOException {
    BlobWriter older = bench.written("whole");
    bench.bytes.failNth(Operation.STAGING_TRUNCATE, 1);
    assertThrows(
        UploadUnknownException.class,
        () ->
            older.transferFrom(
                new TextChannel(
                    "par",
                    "tly",
                    () -> assertThrows(IOException.class, () -> bench.blobs().resume(older.id()))),
                5,
                6));
    bench.assertNoUploads();
    older.close();
  }

  // Committing

  @Test
  void stagedBytesThatCannotBeReadAgainLeaveTheUploadAsItWas() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.bytes.failNth(Operation.STAGING_READ, 1);
    assertThrows(IOException.class, () -> writer.commit(Provisional.of(sha512("content"))));
    assertTrue(writer.isOpen());
    writer.commit(Provisional.of(sha512("content")));
  }

  @Test
  void bytesThatCannotBePlacedAreGoneWithTheirUpload() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.bytes.failNth(Operation.PLACE_BEFORE_EFFECT, 1);
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertFalse(writer.isOpen());
    assertUnknownAndPushedAgain(writer);
    assertEquals(1, bench.placements());
  }

  @Test
  void bytesPlacedUnheardOfAreNoBlob() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.bytes.failNth(Operation.PLACE_AFTER_EFFECT, 1);
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertUnknownAndPushedAgain(writer);
  }

  @Test
  void aBlobThatCannotBeRecordedIsNone() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.facts.failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertUnknownAndPushedAgain(writer);
  }

  @Test
  void aBlobRecordedUnheardOfIsWhole() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.facts.failWrite(1, Moment.AFTER_THE_EFFECT);
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertEquals(content("content"), bench.blobs().get(digest("content"), 100));
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.written("content").commit(claim("content"));
    assertEquals(1, bench.placements());
    bench.assertNoUploads();
  }

  @ParameterizedTest
  @EnumSource(Moment.class)
  void contentKnownElsewhereThatCannotBeLinkedMayBePushedAgain(Moment moment) throws IOException {
    bench.registry.repository(B).blobs().put(TYPE, content("content"));
    BlobWriter writer = bench.written("content");
    bench.facts.failWrite(1, moment);
    assertThrows(IOException.class, () -> writer.commit(claim("content")));
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.written("content").commit(claim("content"));
    assertEquals(1, bench.placements());
    bench.assertNoUploads();
  }

  private void assertUnknownAndPushedAgain(BlobWriter failed) throws IOException {
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest("content")));
    assertEquals(false, bench.truth.read(f -> f.hasRepository(A)));
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(failed.id()));
    bench.assertNoUploads();
    failed.cancel();
    failed.close();
    bench.written("content").commit(claim("content"));
    assertEquals(content("content"), bench.blobs().get(digest("content"), 100));
    bench.assertNoUploads();
  }

  // Putting

  @ParameterizedTest
  @EnumSource(names = {"STAGE", "STAGING_WRITE", "PLACE_BEFORE_EFFECT", "PLACE_AFTER_EFFECT"})
  void aPutThatFailsIsNoBlobAndLeavesNoUpload(Operation operation) throws IOException {
    bench.bytes.failNth(operation, 1);
    assertThrows(IOException.class, () -> bench.blobs().put(TYPE, content("content")));
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(digest("content")));
    bench.assertNoUploads();
    bench.tracked.assertNothingOpen();
    bench.blobs().put(TYPE, content("content"));
  }

  @Test
  void aPutThatCannotBeUndoneTellsItsFirstFailure() throws IOException {
    bench.bytes.failNth(Operation.STAGING_WRITE, 1);
    bench.bytes.failNth(Operation.STAGING_DISCARD, 1);
    IOException failure =
        assertThrows(IOException.class, () -> bench.blobs().put(TYPE, content("content")));
    assertTrue(failure.toString().contains("STAGING_WRITE"), failure::toString);
    assertEquals(1, failure.getSuppressed().length);
    assertEquals(List.of(), bench.uploads());
    bench.kill();
    assertEquals(0, bench.stagings());
  }

  // Cancelling

  @Test
  void aCancelledUploadWhoseBytesStayIsUnknownAllTheSame() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.bytes.failNth(Operation.STAGING_DISCARD, 1);
    assertThrows(IOException.class, writer::cancel);
    assertFalse(writer.isOpen());
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.kill();
    bench.assertNoUploads();
  }

  @Test
  void aCancelledUploadThatCannotBeForgottenIsUnknownAllTheSame() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.facts.failWrite(1, Moment.BEFORE_THE_EFFECT);
    assertThrows(IOException.class, writer::cancel);
    assertThrows(UploadUnknownException.class, () -> bench.blobs().resume(writer.id()));
    bench.assertNoUploads();
  }

  // Reading

  @Test
  void damageIsNotTakenForAnUnknownBlob() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    StoredBlob stored = bench.truth.read(f -> f.blob(blob.digest())).orElseThrow();
    bench.memory.delete(stored.placement());
    assertThrows(IOException.class, () -> bench.blobs().open(blob.digest()));
    assertThrows(IOException.class, () -> bench.blobs().serve(blob.digest()));
    assertThrows(IOException.class, () -> bench.blobs().get(blob.digest(), 100));
    assertEquals(blob, bench.blobs().stat(blob.digest()));
  }

  @Test
  void bytesOfAnotherLengthAreDamageAndNotDelivered() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.truth.write(
        f -> {
          Placement placement = f.blob(blob.digest()).orElseThrow().placement();
          f.putBlob(new StoredBlob(blob.digest(), 8, placement));
          return true;
        });
    assertThrows(IOException.class, () -> bench.blobs().open(blob.digest()));
    assertThrows(IOException.class, () -> bench.blobs().serve(blob.digest()));
    assertThrows(IOException.class, () -> bench.blobs().get(blob.digest(), 100));
    bench.tracked.assertNothingOpen();
  }

  @Test
  void aFactReadJustBeforeADeletionAndANewPushLeadsToTheNewBytes() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    boolean[] done = new boolean[1];
    bench.bytes.failWhen(
        call -> {
          if (call.operation() == Operation.OPEN && !done[0]) {
            done[0] = true;
            deleteAndPushAgain(blob);
          }
          return false;
        });
    try (BlobDelivery delivery = bench.blobs().serve(blob.digest())) {
      BlobDelivery.Content served = assertInstanceOf(BlobDelivery.Content.class, delivery);
      assertEquals(7, served.channel().size());
    }
    bench.blobs().delete(blob.digest());
  }

  private void deleteAndPushAgain(Descriptor blob) {
    try {
      bench.blobs().delete(blob.digest());
      bench.blobs().put(TYPE, content("content"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aFactReadJustBeforeADeletionIsAnUnknownBlob() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.bytes.failWhen(
        call -> {
          if (call.operation() == Operation.OPEN) {
            try {
              bench.blobs().delete(blob.digest());
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          }
          return false;
        });
    assertThrows(BlobUnknownException.class, () -> bench.blobs().open(blob.digest()));
  }

  @Test
  void whatFailsToBeReadClosesItsChannel() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.bytes.failNth(Operation.OPEN, 1);
    assertThrows(IOException.class, () -> bench.blobs().get(blob.digest(), 100));
    assertThrows(RuntimeException.class, () -> bench.blobs().get(blob.digest(), 3));
    bench.tracked.assertNothingOpen();
    try (SeekableByteChannel channel = bench.blobs().open(blob.digest())) {
      assertEquals(7, channel.read(ByteBuffer.allocate(10)));
    }
  }

  // Deleting

  @ParameterizedTest
  @CsvSource({"BEFORE_THE_EFFECT, true", "AFTER_THE_EFFECT, false"})
  void aDeletionThatFailsIsWholeOrNothing(Moment moment, boolean there) throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.facts.failWrite(1, moment);
    assertThrows(IOException.class, () -> bench.blobs().delete(blob.digest()));
    if (there) {
      assertEquals(content("content"), bench.blobs().get(blob.digest(), 100));
    } else {
      assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(blob.digest()));
      bench.kill();
      assertEquals(0, bench.placements());
    }
  }

  @Test
  void bytesThatCannotBeFreedGoAtTheNextOpening() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.bytes.failNth(Operation.DELETE, 1);
    bench.blobs().delete(blob.digest());
    assertThrows(BlobUnknownException.class, () -> bench.blobs().stat(blob.digest()));
    assertEquals(1, bench.placements());
    bench.blobs().put(TYPE, content("content"));
    assertEquals(2, bench.placements());
    bench.kill();
    assertEquals(1, bench.placements());
    assertEquals(content("content"), bench.blobs().get(blob.digest(), 100));
    assertEquals(List.of(), bench.truth.read(f -> f.doomed(Optional.empty(), 10)));
  }

  @Test
  void bytesFreedUnheardOfAreFreedAgain() throws IOException {
    Descriptor blob = bench.blobs().put(TYPE, content("content"));
    bench.facts.failWrite(2, Moment.BEFORE_THE_EFFECT);
    bench.blobs().delete(blob.digest());
    assertEquals(0, bench.placements());
    assertEquals(1, bench.truth.read(f -> f.doomed(Optional.empty(), 10)).size());
    bench.kill();
    assertEquals(List.of(), bench.truth.read(f -> f.doomed(Optional.empty(), 10)));
  }

  // Opening

  @Test
  void oneUploadWhoseBytesFailAtOpeningDoesNotStopTheStore() throws IOException {
    BlobWriter lost = bench.written("lost");
    bench.registry.close();
    bench.bytes.failNth(Operation.STAGING_CLOSE, 1);
    StowageRegistry next =
        StowageRegistry.open(
            bench.tracked, bench.facts, new LineManifestReader(), CoreOptions.defaults());
    assertThrows(UploadUnknownException.class, () -> next.repository(A).blobs().resume(lost.id()));
    bench.assertNoUploads();
    next.close();
  }

  @Test
  void anUploadThatCannotBeLookedAtOnOpeningStaysAndStopsNobody() throws IOException {
    BlobWriter first = bench.written("content");
    BlobWriter second = bench.written("content");
    bench.registry.close();
    bench.bytes.failNth(Operation.REOPEN, 1);
    StowageRegistry next =
        StowageRegistry.open(
            bench.tracked, bench.facts, new LineManifestReader(), CoreOptions.defaults());
    for (BlobWriter each : List.of(first, second)) {
      next.repository(A).blobs().resume(each.id()).commit(claim("content"));
    }
    next.close();
  }

  @Test
  void stagedBytesThatCannotBeDiscardedOnOpeningStayForTheNext() throws IOException {
    BlobWriter writer = bench.written("content");
    bench.bytes.failNth(Operation.STAGING_DISCARD, 1);
    assertThrows(IOException.class, writer::cancel);
    bench.registry.close();
    bench.bytes.failNth(Operation.DISCARD, 1);
    for (int left : List.of(1, 0)) {
      StowageRegistry next =
          StowageRegistry.open(
              bench.tracked, bench.facts, new LineManifestReader(), CoreOptions.defaults());
      assertEquals(left, bench.stagings());
      next.repository(A).blobs().put(TYPE, content("content"));
      next.close();
    }
  }

  @Test
  void everyTransactionMayBeRunTwice() throws IOException {
    bench.registry.close();
    bench.kill(Bench.withoutHistory());
    bench.facts.runTwice(true);
    Descriptor layer = bench.blobs().put(TYPE, content("layer"));
    try (BlobWriter writer = bench.written("layer")) {
      writer.commit(Provisional.of(sha512("layer")));
    }
    assertTrue(bench.registry.repository(B).mount(layer.digest(), A).isPresent());
    String image = LineManifestReader.line(EdgeRole.LAYER, sha512("layer"), layer.size());
    Reference tag = Reference.of(new Tag("v1"));
    bench.repository().manifests().put(tag, LineManifestReader.TYPE, content(image), List.of());
    bench.repository().manifests().delete(Reference.of(digest(image)));
    bench.blobs().delete(layer.digest());
    bench.registry.repository(B).blobs().delete(sha512("layer"));
    assertEquals(0, bench.placements());
    bench.assertNoUploads();
  }
}
