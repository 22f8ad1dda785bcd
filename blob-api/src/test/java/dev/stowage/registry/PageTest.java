package dev.stowage.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  @ParameterizedTest
  @CsvSource({
    "0,0,0,false",
    "1,0,0,true",
    "0,3,0,false",
    "2,3,2,false",
    "3,3,3,false",
    "4,3,3,true"
  })
  void cutsWhatWasReadOneTooFar(int read, int limit, int size, boolean more) {
    List<Integer> items = IntStream.range(0, read).boxed().toList();

    assertEquals(new Page<>(items.subList(0, size), more), Page.cut(items, limit));
  }

  @Test
  void theEmptyPageHasNothingBehindIt() {
    assertEquals(new Page<>(List.of(), false), Page.empty());
  }

  @Test
  void keepsItsOwnItems() {
    List<String> items = new ArrayList<>(List.of("a", "b"));
    Page<String> page = new Page<>(items, true);
    items.clear();

    assertEquals(List.of("a", "b"), page.items());
    assertThrows(UnsupportedOperationException.class, () -> page.items().remove(0));
  }
}
