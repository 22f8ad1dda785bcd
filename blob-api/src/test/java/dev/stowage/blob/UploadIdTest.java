package dev.stowage.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadIdTest {
  private static final String TEXT = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6";

  @ParameterizedTest
  @ValueSource(
      strings = {
        TEXT,
        "00000000-0000-0000-0000-000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff"
      })
  void findsWhatItWrites(String text) {
    assertEquals(Optional.of(new UploadId(UUID.fromString(text))), UploadId.find(text));
    assertEquals(Optional.of(text), UploadId.find(text).map(UploadId::toString));
  }

  static Stream<String> notIds() {
    return Stream.of(
        "",
        "x",
        "../x",
        "1-2-3-4-5",
        TEXT.toUpperCase(Locale.ROOT),
        TEXT.replace("-", ""),
        TEXT.substring(1),
        TEXT + "0",
        "{" + TEXT + "}",
        "urn:uuid:" + TEXT,
        " " + TEXT,
        TEXT + "\n",
        TEXT.replace('f', 'g'),
        TEXT.replace('0', '\u0660'),
        TEXT.replace('-', '_'),
        "../" + TEXT,
        "a".repeat(10_000));
  }

  @ParameterizedTest
  @MethodSource("notIds")
  void findsNothingInOtherText(String text) {
    assertEquals(Optional.empty(), UploadId.find(text));
  }

  @Test
  void randomOnesDiffer() {
    UploadId one = UploadId.random();

    assertNotEquals(one, UploadId.random());
    assertEquals(Optional.of(one), UploadId.find(one.toString()));
  }

  @Test
  void ordersAsItIsWritten() {
    UploadId low = new UploadId(UUID.fromString("7fffffff-ffff-4fff-bfff-ffffffffffff"));
    UploadId high = new UploadId(UUID.fromString("80000000-0000-4000-8000-000000000000"));

    assertTrue(low.compareTo(high) < 0, "as text, not as signed numbers");
    assertTrue(high.compareTo(low) > 0);
    assertEquals(0, low.compareTo(new UploadId(low.value())));
  }
}
