package dev.stowage.adapter.http.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.stowage.adapter.http.error.HttpRefusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @Test
  void keepsTheOrderOfRepeatedNames() {
    assertEquals(List.of("b", "a", "b"), Query.of("tag=b&x=1&tag=a&tag=b").all("tag"));
  }

  @Test
  void takesWhatContainerdSendsUnescaped() {
    Query query = Query.of("from=team/app&mount=sha256:00");
    assertEquals(Optional.of("team/app"), query.one("from"));
    assertEquals(Optional.of("sha256:00"), query.one("mount"));
  }

  @Test
  void decodesPercentSignsAndPluses() {
    assertEquals(
        Optional.of("application/vnd.x+json y"),
        Query.of("t=application%2Fvnd.x%2Bjson+y").one("t"));
  }

  @Test
  void decodesUtf8() {
    assertEquals(Optional.of("ä"), Query.of("t=%C3%A4").one("t"));
    assertEquals(Optional.of("ä b"), Query.of("t=ä%20b").one("t"));
  }

  @Test
  void tellsAnEmptyValueFromNone() {
    assertEquals(Optional.of(""), Query.of("n=").one("n"));
    assertEquals(Optional.of(""), Query.of("n").one("n"));
    assertEquals(Optional.empty(), Query.of("n=").nonEmpty("n"));
    assertEquals(Optional.empty(), Query.of("").one("n"));
    assertEquals(Optional.empty(), Query.of("&&").one("n"));
  }

  @Test
  void keepsFurtherEqualsSigns() {
    assertEquals(Optional.of("a=b"), Query.of("t=a=b").one("t"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"t=%", "t=%4", "t=%zz", "t=%ff", "t=%c0%ae", "%ff=1"})
  void refusesWhatIsNoText(String raw) {
    assertThrows(HttpRefusal.class, () -> Query.of(raw));
  }

  @Test
  void refusesASecondValueWhereOneIsMeant() {
    assertThrows(HttpRefusal.class, () -> Query.of("n=1&n=2").one("n"));
  }
}
