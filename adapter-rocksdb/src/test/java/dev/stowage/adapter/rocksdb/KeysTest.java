package dev.stowage.adapter.rocksdb;

import static dev.stowage.contract.SampleFacts.alias;
import static dev.stowage.contract.SampleFacts.digestOf;
import static dev.stowage.contract.SampleFacts.edge;
import static dev.stowage.contract.SampleFacts.name;
import static dev.stowage.contract.SampleFacts.upload;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.adapter.rocksdb.Schema.Family;
import dev.stowage.adapter.rocksdb.Schema.Kind;
import dev.stowage.blob.Digest;
import dev.stowage.registry.RepositoryName;
import dev.stowage.registry.Tag;
import dev.stowage.spi.Edge;
import dev.stowage.spi.EdgeRole;
import dev.stowage.spi.HistoryEnd;
import dev.stowage.spi.Placement;
import dev.stowage.spi.Review;
import dev.stowage.spi.ReviewKind;
import dev.stowage.spi.StoreTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is on disk stays as it is: what fails here is a change of the format. */
final class KeysTest {
  private static final RepositoryName R = name("a/b");
  private static final Digest ONE = digestOf('1');
  private static final Digest TWO = digestOf('2');
  private static final String ONES = "01" + "11".repeat(32);
  private static final String TWOS = "01" + "22".repeat(32);
  private static final String SLASHED = "612f6200";

  private static void assertKey(String hex, byte[] key) {
    assertEquals(hex, HexFormat.of().formatHex(key));
  }

  @Test
  void keysFactsAsTheSchemaSays() {
    assertKey("10" + SLASHED, Keys.repository(R));
    assertKey("20" + ONES, Keys.blob(ONE));
    assertKey("21" + ONES, Keys.quarantine(ONE));
    assertKey("30" + SLASHED + ONES, Keys.link(R, ONE));
    assertKey("40" + SLASHED + ONES, Keys.manifest(R, ONE));
    assertKey("c0" + SLASHED + ONES, Keys.content(R, ONE));
    assertKey("50" + SLASHED + "763100", Keys.tag(R, new Tag("v1")));
    assertKey("60" + SLASHED + ONES + "02" + TWOS, Keys.edge(R, edge(ONE, EdgeRole.LAYER, TWO)));
    assertKey("70" + SLASHED + ONES + TWOS, Keys.referrer(R, ONE, TWO));
    assertKey("80" + "0123456789ab4def" + "8000000000000005", Keys.upload(upload(5).id()));
    assertKey("90" + "c3a92f78", Keys.doomed(new Placement("é/x")));
    assertKey("b0", Keys.clock());
    assertKey("b1", Keys.reviewRules());
    Digest alias = alias("x");
    assertKey("28" + "02" + alias.hex(), Keys.alias(alias));
  }

  @Test
  void keysHoldsAndHistoryAsTheSchemaSays() {
    Tag tag = new Tag("v1");
    String fromTheEnd = "7ffffffffffffefd";
    assertKey("34" + SLASHED + ONES, Keys.heldLink(R, ONE));
    assertKey("35" + ONES + SLASHED, Keys.heldLinker(ONE, R));
    assertKey("42" + SLASHED + ONES, Keys.hold(R, ONE));
    assertKey("c8" + SLASHED + ONES, Keys.heldContent(R, ONE));
    assertKey("54" + SLASHED + fromTheEnd, Keys.history(R, 0x102));
    assertKey("55" + SLASHED + "763100" + fromTheEnd, Keys.historyOf(R, tag, 0x102));
    Edge edge = edge(ONE, EdgeRole.LAYER, TWO);
    assertKey("64" + SLASHED + ONES + "02" + TWOS, Keys.heldEdge(R, edge));
    assertKey("65" + TWOS + SLASHED + "02" + ONES, Keys.heldEdgeTo(R, edge));
    assertKey(
        "a8" + "0000000000000005" + SLASHED + fromTheEnd,
        Keys.historyEnd(new HistoryEnd(new StoreTime(5), R, 0x102)));
    assertKey(
        "a0" + "0000000000000005" + "03" + SLASHED + ONES,
        Keys.review(new Review(new StoreTime(5), ReviewKind.HOLD, R, ONE)));
  }

  @Test
  void keysIndexesAsTheSchemaSays() {
    Digest alias = alias("x");
    assertKey("29" + ONES + "02" + alias.hex(), Keys.aliasOf(ONE, alias));
    assertKey("31" + ONES + SLASHED, Keys.linker(ONE, R));
    assertKey("41" + ONES + SLASHED, Keys.manifestHolder(ONE, R));
    assertKey("51" + SLASHED + ONES + "763100", Keys.tagOf(R, ONE, new Tag("v1")));
    StoreTime due = new StoreTime(0x102);
    assertKey(
        "a0" + "0000000000000102" + "01" + SLASHED + ONES,
        Keys.review(new Review(due, ReviewKind.MANIFEST, R, ONE)));
    assertKey(
        "a0" + "0000000000000102" + "02" + SLASHED + ONES,
        Keys.review(new Review(due, ReviewKind.BLOB, R, ONE)));
    Edge edge = edge(ONE, EdgeRole.SUBJECT, TWO);
    assertKey("61" + TWOS + SLASHED + "04" + ONES, Keys.edgeTo(R, edge));
  }

  @Test
  void ordersKeysAsTheirValuesOrder() {
    assertOrder(
        Stream.of("a", "a-b", "a/b", "a0", "a_b", "ab", "b").map(RepositoryName::new).toList(),
        Keys::repository);
    assertOrder(
        Stream.of("0", "1.0", "1.0-a", "A", "_", "a", "a.b").map(Tag::new).toList(),
        tag -> Keys.tag(R, tag));
    assertOrder(List.of(digestOf('0'), digestOf('7'), digestOf('8'), digestOf('f')), Keys::blob);
    assertOrder(
        Stream.concat(Stream.of(digestOf('f')), Stream.of(alias("x"), alias("y")).sorted())
            .toList(),
        Keys::alias);
    assertOrder(
        Stream.of("a", "a/", "a\u0000", "\u007f", "\u0080", "\u07ff", "\u0800", "\ud83d\ude00")
            .sorted()
            .map(Placement::new)
            .toList(),
        Keys::doomed);
  }

  private static <T extends Comparable<T>> void assertOrder(
      List<T> values, Function<T, byte[]> key) {
    for (T left : values) {
      for (T right : values) {
        assertEquals(
            Integer.signum(left.compareTo(right)),
            Integer.signum(Arrays.compareUnsigned(key.apply(left), key.apply(right))),
            left + " and " + right);
      }
    }
  }

  @Test
  void endsAPrefixBehindItsLastKey() {
    assertArrayEquals(new byte[] {0x21}, Keys.afterAll(new byte[] {0x20}));
    assertArrayEquals(new byte[] {0x20, 2}, Keys.afterAll(new byte[] {0x20, 1}));
    assertArrayEquals(new byte[] {0x21}, Keys.afterAll(new byte[] {0x20, -1, -1}));
  }

  @Test
  void findsTheFamilyOfEveryKind() {
    Set<Integer> codes = new HashSet<>();
    for (Kind kind : Kind.values()) {
      assertTrue(codes.add(kind.code()), kind + " has a code of its own");
      assertTrue(kind.code() > 0 && kind.code() < 0xff);
      assertEquals(kind.family(), Schema.familyOf(new byte[] {(byte) kind.code(), 1}));
    }
    assertEquals(Family.CONTENTS, Schema.familyOf(Keys.content(R, ONE)));
    assertThrows(IllegalArgumentException.class, () -> Schema.familyOf(new byte[] {0x01}));
  }
}
