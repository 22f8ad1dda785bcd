package dev.stowage.blob;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.stowage.ErrorKind;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b",
        "0/0",
        "application/octet-stream",
        "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.docker.distribution.manifest.v1+prettyjws",
        "a!#$&-^_.+/a!#$&-^_.+",
        "Application/JSON"
      })
  void takesTypeAndSubtype(String text) {
    assertEquals(text, new MediaType(text).value());
    assertEquals(text, new MediaType(text).toString());
    assertEquals(new MediaType(text), MediaType.parse(text));
  }

  @Test
  void takesNamesOf127Characters() {
    String longest = "a".repeat(127) + "/" + "b".repeat(127);

    assertEquals(longest, new MediaType(longest).value());
  }

  static Stream<String> notMediaTypes() {
    return Stream.of(
        "",
        "/",
        "a",
        "a/",
        "/b",
        "a/b/c",
        "a//b",
        "a b/c",
        "a/b ",
        " a/b",
        "a/ b",
        "a/b;c=d",
        "a/b;",
        "a/b,c/d",
        "*/*",
        "a/*",
        "-a/b",
        "a/.b",
        "a/+json",
        "a/b\n",
        "a/b\u0000",
        "a/\"b\"",
        "ä/b",
        "a/b\u0661",
        "a".repeat(128) + "/b",
        "a/" + "b".repeat(128),
        "a/".repeat(1_000_000),
        "a".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("notMediaTypes")
  void refusesWhatIsNone(String text) {
    MediaTypeInvalidException refusal =
        assertThrows(MediaTypeInvalidException.class, () -> new MediaType(text));

    assertEquals(ErrorKind.MEDIA_TYPE_INVALID, refusal.kind());
    assertTrue(refusal.getMessage().length() < 500);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "a/b|a/b",
        " a/b\t|a/b",
        "a/b;charset=utf-8|a/b",
        "a/b ; charset=\"x;y\"; q=0|a/b",
        "a/b;|a/b",
        "a/b;;;|a/b"
      })
  void parsesHeadersWithoutTheirParameters(String header, String type) {
    assertEquals(new MediaType(type), MediaType.parse(header));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ";", " ", ";a/b", "a;/b", "a/b c", "a/b, c/d", "a/b\u00a0"})
  void refusesHeadersThatBeginWithNone(String header) {
    assertThrows(MediaTypeInvalidException.class, () -> MediaType.parse(header));
  }

  @Test
  void comparesAsText() {
    assertNotEquals(new MediaType("a/b"), new MediaType("a/B"));
  }

  @Test
  void bytesAreOctets() {
    assertEquals("application/octet-stream", MediaType.OCTET_STREAM.value());
  }
}
