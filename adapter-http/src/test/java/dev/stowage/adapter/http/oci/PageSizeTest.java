package dev.stowage.adapter.http.oci;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.adapter.http.error.HttpRefusal;
import dev.stowage.adapter.http.route.Query;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSizeTest {
  private static final PageSize SIZE = new PageSize(100);

  @ParameterizedTest
  @CsvSource({
    "'', 100",
    "n=0, 0",
    "n=7, 7",
    "n=007, 7",
    "n=100, 100",
    "n=101, 100",
    "n=2147483648, 100",
    "n=1000000000000000000, 100",
  })
  void isWhatIsAskedForAsFarAsItIsAllowed(String query, int size) {
    assertEquals(size, SIZE.of(Query.of(query)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n=", "n=-1", "n=abc", "n=1e18", "n=+1", "n=1.5", "n=%D9%A1", "n=1&n=2"})
  void refusesWhatIsNoNumber(String query) {
    HttpRefusal refusal = assertThrows(HttpRefusal.class, () -> SIZE.of(Query.of(query)));
    assertEquals(400, refusal.answer().status());
  }
}
