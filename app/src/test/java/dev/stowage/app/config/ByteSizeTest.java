package dev.stowage.app.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {
  @ParameterizedTest
  @CsvSource({
    "0,0",
    "512,512",
    "512B,512",
    "64KiB,65536",
    "4MiB,4194304",
    "10GiB,10737418240",
    "2TiB,2199023255552",
    "100000000000,100000000000",
    "8388607TiB,9223370937343148032"
  })
  void readsAWholeNumberOfBytesOrOfAUnit(String text, long bytes) throws SettingException {
    assertEquals(bytes, ByteSize.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " 1", "1 ", "1 KiB", "-1", "+1", "1.5MiB", "1KB", "1kib", "KiB", "1MiBs", "٣"})
  void refusesWhatIsNoSize(String text) {
    assertEquals("expected a size, as in 512, 64KiB, 4MiB or 10GiB", refusal(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"8388608TiB", "16777216TiB", "9223372036854775808", "99999999999999999999"})
  void refusesASizeThatNothingHas(String text) {
    assertEquals("expected a size below 8388608TiB", refusal(text));
  }

  private static String refusal(String text) {
    return assertThrows(SettingException.class, () -> ByteSize.parse(text)).getMessage();
  }
}
