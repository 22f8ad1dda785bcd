package dev.stowage.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "0",
        "library/ubuntu",
        "a/b/c/d/e/f/g",
        "a.b",
        "a_b",
        "a__b",
        "a-b",
        "a--b",
        "a-----------b",
        "a.b_c__d-e--f.g/h.i_j__k-l--m",
        "127.0.0.1",
        "blobs",
        "manifests",
        "tags",
        "tags/list",
        "referrers",
        "a/blobs/uploads",
        "a/manifests/latest",
        "v2"
      })
  void takesNamesOfTheGrammar(String text) {
    assertEquals(text, new RepositoryName(text).value());
    assertEquals(text, new RepositoryName(text).toString());
  }

  static Stream<String> longest() {
    return Stream.of(
        "a".repeat(255),
        "a/".repeat(127) + "a",
        "a.".repeat(127) + "a",
        "a" + "-".repeat(253) + "a",
        "a__".repeat(84) + "abc");
  }

  @ParameterizedTest
  @MethodSource("longest")
  void takes255CharactersAndNoMore(String text) {
    assertEquals(RepositoryName.MAX_LENGTH, text.length());
    assertEquals(text, new RepositoryName(text).value());
    assertThrows(NameInvalidException.class, () -> new RepositoryName(text + "a"));
  }

  static Stream<String> notNames() {
    return Stream.of(
        "",
        "/",
        "A",
        "aB",
        "a/B",
        "/a",
        "a/",
        "a//b",
        "-a",
        "a-",
        "a-/b",
        "a/-b",
        ".a",
        "a.",
        "..",
        ".",
        "a/../b",
        "a/./b",
        "a..b",
        "a._b",
        "a.-b",
        "a-_b",
        "a_-b",
        "a___b",
        "_a",
        "a_",
        "_catalog",
        "a/_oci/ext",
        "a b",
        " a",
        "a ",
        "a\n",
        "a\u0000",
        "a\r\nb",
        "a:b",
        "a@b",
        "a%2fb",
        "a\\b",
        "a;x=y",
        "a?b",
        "ä",
        "\u0430",
        "a\u200bb",
        "\u0661",
        "\uff41",
        "a\u2215b",
        "\uD83D\uDE80",
        "a".repeat(256),
        "a/".repeat(1_000_000),
        "A".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("notNames")
  void refusesEverythingElse(String text) {
    NameInvalidException refusal =
        assertThrows(NameInvalidException.class, () -> new RepositoryName(text));

    assertEquals(ErrorKind.NAME_INVALID, refusal.kind());
    assertTrue(refusal.getMessage().length() < 700);
    assertTrue(text.startsWith(refusal.name().replace("…", "")));
  }

  static Stream<String> nearlyNames() {
    return Stream.of(
        "a".repeat(254) + "!",
        "a/".repeat(127) + "!",
        "a/".repeat(127) + "/",
        "a.".repeat(127) + "!",
        "a__".repeat(84) + "ab!",
        "a" + "-".repeat(254),
        "a-".repeat(127) + "_");
  }

  @ParameterizedTest
  @MethodSource("nearlyNames")
  void refusesWhatFailsAtTheLastCharacter(String text) {
    assertEquals(RepositoryName.MAX_LENGTH, text.length());
    assertThrows(NameInvalidException.class, () -> new RepositoryName(text));
  }

  /** Every text of up to six characters of the grammar's alphabet, against the specification. */
  @Test
  void agreesWithTheSpecification() {
    Pattern specified =
        Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    String alphabet = "a._-/";

    for (int length = 1; length <= 6; length++) {
      int count = (int) Math.pow(alphabet.length(), length);
      for (int number = 0; number < count; number++) {
        StringBuilder text = new StringBuilder();
        for (int rest = number, i = 0; i < length; i++, rest /= alphabet.length()) {
          text.append(alphabet.charAt(rest % alphabet.length()));
        }
        assertEquals(specified.matcher(text).matches(), isName(text.toString()), text::toString);
      }
    }
  }

  @Test
  void ordersByBytes() {
    List<RepositoryName> ordered =
        Stream.of("a", "a-b", "a.b", "a/b", "a0", "a_b", "aa", "b")
            .map(RepositoryName::new)
            .toList();

    assertEquals(ordered, ordered.stream().sorted().toList());
  }

  private static boolean isName(String text) {
    try {
      return new RepositoryName(text).value().equals(text);
    } catch (NameInvalidException e) {
      return false;
    }
  }
}
