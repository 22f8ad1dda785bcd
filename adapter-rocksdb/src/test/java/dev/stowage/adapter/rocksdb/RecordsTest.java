package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.blob;
import static dev.stowage.contract.SampleFacts.digestOf;
import static dev.stowage.contract.SampleFacts.name;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.adapter.rocksdb.FieldReader.DamagedException;
import dev.stowage.blob.Damage;
import dev.stowage.blob.Descriptor;
import dev.stowage.blob.Digest;
import dev.stowage.blob.MediaType;
import dev.stowage.blob.UploadId;
import dev.stowage.registry.HistoryEntry;
import dev.stowage.registry.Referrer;
import dev.stowage.registry.Tag;
import dev.stowage.spi.BlobLink;
import dev.stowage.spi.ClockReading;
import dev.stowage.spi.HistoryFact;
import dev.stowage.spi.Hold;
import dev.stowage.spi.Placement;
import dev.stowage.spi.QuarantinedBlob;
import dev.stowage.spi.StagingState;
import dev.stowage.spi.StoreTime;
import dev.stowage.spi.StoredBlob;
import dev.stowage.spi.StoredManifest;
import dev.stowage.spi.TagTarget;
import dev.stowage.spi.UploadFact;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is on disk stays as it is: what fails here is a change of a record. */
final class RecordsTest {
  private static final Digest ONE = digestOf('1');
  private static final Digest TWO = digestOf('2');
  private static final String ONES = "01" + "11".repeat(32);
  private static final String TWOS = "01" + "22".repeat(32);
  private static final MediaType TYPE = new MediaType("a/b");
  private static final String VERSION = "01";
  private static final String TYPED = "03" + "612f62";

  private static void assertRecord(String hex, byte[] record) {
    assertEquals(hex, HexFormat.of().formatHex(record));
  }

  @Test
  void writesRecordsAsTheSchemaSays() {
    assertRecord(
        VERSION + "ac02" + "0170", Records.ofBlob(new StoredBlob(ONE, 300, new Placement("p"))));
    assertRecord(
        VERSION + "ac02" + "0170" + "03" + "0000018bcfe5687b",
        Records.ofQuarantine(
            new QuarantinedBlob(
                new StoredBlob(ONE, 300, new Placement("p")),
                Damage.WRONG_DIGEST,
                Instant.ofEpochMilli(1_700_000_000_123L))));
    assertRecord(VERSION + ONES, Records.ofAlias(ONE));
    assertRecord(VERSION + TYPED, Records.ofLink(new BlobLink(ONE, TYPE)));
    Descriptor descriptor = new Descriptor(TYPE, 2, ONE);
    assertRecord(VERSION + TYPED + "02", Records.ofDescriptor(descriptor, Optional.empty()));
    ByteBuffer content = ByteBuffer.wrap(new byte[] {0x7b, 0x7d});
    assertRecord(
        VERSION + TYPED + "02" + TWOS + "7b7d",
        Records.ofManifest(new StoredManifest(descriptor, TWO, content)));
    assertRecord(
        VERSION + ONES + TWOS + "0000018bcfe5687b",
        Records.ofTag(
            new TagTarget(new Tag("t"), ONE, TWO, Instant.ofEpochMilli(1_700_000_000_123L))));
    assertRecord(
        VERSION + TYPED + "02" + ONES + "01" + "0178" + "01" + "016b" + "0176",
        Records.ofReferrer(new Referrer(ONE, descriptor, Optional.of("x"), Map.of("k", "v"))));
    assertRecord(
        VERSION + "03612f62" + "026d65" + "ffffffffffffffff" + "00",
        Records.ofUpload(
            new UploadFact(
                UploadId.random(),
                name("a/b"),
                "me",
                Instant.ofEpochMilli(-1),
                StagingState.NONE)));
  }

  @Test
  void writesAMarkInFrontOfARecordOfTheSecondVersion() {
    StoreTime due = new StoreTime(0x102);
    String marked = "02" + "0000000000000102" + TYPED;
    assertRecord(marked, Records.ofLink(new BlobLink(ONE, TYPE).reviewedFrom(due)));
    Descriptor descriptor = new Descriptor(TYPE, 2, ONE);
    assertRecord(marked + "02", Records.ofDescriptor(descriptor, Optional.of(due)));
    ByteBuffer content = ByteBuffer.wrap(new byte[] {0x7b, 0x7d});
    assertRecord(
        marked + "02" + TWOS + "7b7d",
        Records.ofManifest(new StoredManifest(descriptor, TWO, content, Optional.of(due))));
    assertRecord(
        VERSION + "0000000000000102" + "ffffffffffffffff",
        Records.ofClock(new ClockReading(due, Instant.ofEpochMilli(-1))));
    assertRecord(VERSION + "0178", Records.ofReviewRules("x"));
  }

  @Test
  void writesHoldsAndHistoryAsTheSchemaSays() {
    StoreTime until = new StoreTime(0x102);
    Instant at = Instant.ofEpochMilli(-1);
    Descriptor descriptor = new Descriptor(TYPE, 2, ONE);
    StoredManifest manifest =
        new StoredManifest(descriptor, TWO, ByteBuffer.wrap(new byte[] {0x7b, 0x7d}));
    assertRecord(
        VERSION + "0000000000000102" + "ffffffffffffffff" + "026d65" + TYPED + "02",
        Records.ofHold(new Hold(manifest, until, at, "me")));
    HistoryEntry.Version version = new HistoryEntry.Version(ONE, TWO);
    assertRecord(
        VERSION
            + ("0000000000000102" + "ffffffffffffffff" + "026d65" + "02")
            + ("01" + "0174")
            + ("01" + ONES + TWOS)
            + "00",
        Records.ofHistory(
            new HistoryFact(
                new HistoryEntry(
                    9,
                    at,
                    "me",
                    HistoryEntry.Change.MOVED,
                    Optional.of(new Tag("t")),
                    Optional.of(version),
                    Optional.empty()),
                until)));
  }

  @Test
  void refusesAMarkThatIsNone() {
    byte[] record = Records.ofLink(new BlobLink(ONE, TYPE).reviewedFrom(StoreTime.ZERO));
    record[1] = (byte) 0x80;
    assertThrows(DamagedException.class, () -> Records.link(ONE, record));
    record[0] = 3;
    assertThrows(DamagedException.class, () -> Records.link(ONE, record));
  }

  @Test
  void refusesARecordOfALaterVersion() {
    byte[] later = Records.ofAlias(ONE);
    later[0] = 2;
    DamagedException refused = assertThrows(DamagedException.class, () -> Records.alias(later));
    assertEquals("it is a record of version 2, not 1", refused.getMessage());
  }

  @Test
  void refusesARecordThatEndsEarlyOrLate() {
    byte[] record = Records.ofBlob(blob(ONE, 300));
    for (int length = 0; length < record.length; length++) {
      byte[] early = Arrays.copyOf(record, length);
      assertThrows(DamagedException.class, () -> Records.blob(ONE, early));
    }
    byte[] late = Arrays.copyOf(record, record.length + 1);
    assertThrows(DamagedException.class, () -> Records.blob(ONE, late));
  }

  @Test
  void takesEveryNumberThatIsNotNegative() {
    for (long number : new long[] {0, 1, 127, 128, 16383, 16384, 1L << 56, Long.MAX_VALUE}) {
      byte[] bytes = new FieldWriter().number(number).toBytes();
      assertEquals(number, new FieldReader(bytes, 0).number());
    }
    assertThrows(IllegalArgumentException.class, () -> new FieldWriter().number(-1));
    byte[] endless = new byte[12];
    Arrays.fill(endless, (byte) 0x80);
    assertThrows(DamagedException.class, () -> new FieldReader(endless, 0).number());
  }

  @Test
  void takesEveryText() {
    StringBuilder all = new StringBuilder();
    for (int unit = 0; unit <= 0xffff; unit++) {
      all.append((char) unit);
    }
    byte[] bytes = new FieldWriter().text(all.toString()).toBytes();
    assertEquals(all.toString(), new FieldReader(bytes, 0).text());
  }
}
