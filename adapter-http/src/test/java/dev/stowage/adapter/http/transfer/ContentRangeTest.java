package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentRangeTest {
  @Test
  void readsBothOffsetsAsInclusive() {
    ContentRange range = ContentRange.find("1024-2047").orElseThrow();
    assertEquals(new ContentRange(1024, 2047), range);
    assertEquals(1024, range.length());
    assertEquals(1, ContentRange.find("0-0").orElseThrow().length());
  }

  @Test
  void readsEighteenDigits() {
    assertEquals(
        1_000_000_000_000_000_000L,
        ContentRange.find("0-999999999999999999").orElseThrow().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "0-",
        "-5",
        "5-2",
        "bytes 0-5",
        "bytes 0-5/6",
        "0-5/6",
        "*/6",
        "+0-5",
        "0 - 5",
        "0-5 ",
        "0-1234567890123456789",
        "0-18446744073709551616",
        "a-b",
        "٠-٥",
      })
  void refusesEveryOtherText(String text) {
    assertEquals(Optional.empty(), ContentRange.find(text));
  }
}
