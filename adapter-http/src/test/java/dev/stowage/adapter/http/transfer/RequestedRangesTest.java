package dev.stowage.adapter.http.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.stowage.adapter.http.transfer.RequestedRanges.Parts;
import dev.stowage.adapter.http.transfer.RequestedRanges.Unsatisfiable;
import dev.stowage.adapter.http.transfer.RequestedRanges.Whole;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestedRangesTest {
  private static final long SIZE = 2048;

  @ParameterizedTest
  @CsvSource({
    "bytes=500-1499, 500, 1000",
    "bytes=500-, 500, 1548",
    "bytes=-500, 1548, 500",
    "bytes=2000-5000, 2000, 48",
    "bytes=0-0, 0, 1",
    "bytes=2047-2047, 2047, 1",
    "bytes=0-, 0, 2048",
    "bytes=-5000, 0, 2048",
    "bytes=0-18446744073709551616, 0, 2048",
    "bytes=-18446744073709551616, 0, 2048",
    "BYTES = 1-2, 1, 2",
    "bytes=1-2, 1, 2",
  })
  void takesOnePart(String header, long offset, long length) {
    assertEquals(
        new Parts(List.of(new ByteRange(offset, length))), RequestedRanges.of(header, SIZE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=500-0",
        "bytes=5000-10000",
        "bytes=2048-",
        "bytes=18446744073709551616-",
        "bytes=-0",
        "bytes=",
        "bytes=-",
        "bytes=a-b",
        "bytes=1",
        "bytes=+1-2",
        "bytes=1-2,",
        "bytes=1-2,3-x",
        "bytes=0x1-2",
        "bytes=1 - 2",
      })
  void refusesWhatCannotBeSatisfiedOrRead(String header) {
    assertEquals(new Unsatisfiable(), RequestedRanges.of(header, SIZE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"items=0-1", "items=x", "0-1", "", "none"})
  void ignoresOtherUnits(String header) {
    assertEquals(new Whole(), RequestedRanges.of(header, SIZE));
  }

  @Test
  void keepsTheOrderOfSeveralParts() {
    assertEquals(
        new Parts(List.of(new ByteRange(100, 10), new ByteRange(0, 10))),
        RequestedRanges.of("bytes=100-109, 0-9", SIZE));
  }

  @Test
  void leavesOutWhatIsBehindTheEnd() {
    assertEquals(
        new Parts(List.of(new ByteRange(0, 10))), RequestedRanges.of("bytes=9000-,0-9", SIZE));
  }

  @Test
  void givesTheWholeInsteadOfMoreThanTheWhole() {
    assertEquals(new Whole(), RequestedRanges.of("bytes=0-,0-", SIZE));
    assertEquals(new Whole(), RequestedRanges.of("bytes=0-1500,500-2047", SIZE));
  }

  @Test
  void givesTheWholeInsteadOfVeryManyParts() {
    String most = ranges(RequestedRanges.MOST_RANGES);
    String more = ranges(RequestedRanges.MOST_RANGES + 1);
    assertEquals(Parts.class, RequestedRanges.of(most, SIZE).getClass());
    assertEquals(new Whole(), RequestedRanges.of(more, SIZE));
    assertEquals(new Whole(), RequestedRanges.of(ranges(10_000), SIZE));
  }

  @Test
  void findsNothingInEmptyContent() {
    assertEquals(new Unsatisfiable(), RequestedRanges.of("bytes=0-", 0));
    assertEquals(new Unsatisfiable(), RequestedRanges.of("bytes=-1", 0));
  }

  private static String ranges(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "0-0")
        .collect(Collectors.joining(",", "bytes=", ""));
  }
}
