package dev.stowage.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TagTest {
  private static final String FIRST =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latest",
        "v1.2.3-rc.1",
        "_",
        "__",
        "_.-",
        "0",
        "A",
        "a..b",
        "a--",
        "a.",
        "sha256-e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.sig",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
      })
  void takesTagsOfTheGrammar(String text) {
    assertEquals(text, new Tag(text).value());
    assertEquals(text, new Tag(text).toString());
  }

  @Test
  void takes128Characters() {
    assertEquals(128, new Tag("a".repeat(128)).value().length());
    assertThrows(TagInvalidException.class, () -> new Tag("a".repeat(129)));
  }

  @Test
  void judgesEveryCharacterInEveryPlace() {
    for (char c = 0; c < 0x3000; c++) {
      boolean first = FIRST.indexOf(c) >= 0;
      assertEquals(first, isTag(String.valueOf(c)), "first: " + (int) c);
      assertEquals(first || c == '.' || c == '-', isTag("a" + c), "later: " + (int) c);
    }
  }

  static Stream<String> notTags() {
    return Stream.of(
        "",
        ".x",
        "-x",
        "a/b",
        "a:b",
        "a b",
        " a",
        "a\n",
        "a\u0000",
        "a%20",
        "ä",
        "..",
        "a".repeat(1_000_000),
        "\uD83D\uDE80");
  }

  @ParameterizedTest
  @MethodSource("notTags")
  void refusesEverythingElse(String text) {
    TagInvalidException refusal = assertThrows(TagInvalidException.class, () -> new Tag(text));

    assertEquals(ErrorKind.TAG_INVALID, refusal.kind());
    assertTrue(refusal.getMessage().length() < 500);
    assertTrue(text.startsWith(refusal.tag().replace("…", "")));
  }

  @Test
  void ordersByBytes() {
    List<Tag> ordered =
        Stream.of("0", "A", "Z", "_", "a", "a-", "a.", "a0", "aA", "a_", "aa")
            .map(Tag::new)
            .toList();

    assertEquals(ordered, ordered.stream().sorted().toList());
  }

  private static boolean isTag(String text) {
    try {
      return new Tag(text).value().equals(text);
    } catch (TagInvalidException e) {
      return false;
    }
  }
}
